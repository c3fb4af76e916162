package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import java.util.Locale;

/** What the records of a file are. */
public enum RecordKind {
  ENTITIES,
  INTERACTIONS,
  USERS;

  public static RecordKind of(String word) {
    for (RecordKind kind : values()) if (kind.word().equals(word)) return kind;
    throw InvalidRequest.at(
        "kind", "kind must be entities, interactions or users, got '" + word + "'");
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
