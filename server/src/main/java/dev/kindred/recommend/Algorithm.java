package dev.kindred.recommend;

import dev.kindred.domain.InvalidRequest;
import java.util.Locale;

/** What a list goes by. */
public enum Algorithm {
  /** What users did and what items are like, mixed. */
  HYBRID,
  /** What users did. */
  COLLABORATIVE,
  /** What items are like. */
  CONTENT_BASED,
  /** More going on than is usual. */
  TRENDING,
  /** Most going on. */
  POPULAR;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** In any case, with - for _. */
  public static Algorithm named(String name) {
    String plain = name.replace('-', '_').toUpperCase(Locale.ROOT);
    for (Algorithm algorithm : values()) if (algorithm.name().equals(plain)) return algorithm;
    throw new InvalidRequest(
        "algorithm must be hybrid, collaborative, content_based, trending or popular, got '"
            + (name.length() > 40 ? name.substring(0, 40) + "…" : name)
            + "'");
  }

  public String word() {
    return word;
  }

  /** Whether the list is a matter of who asks. */
  boolean isPersonal() {
    return this == HYBRID || this == COLLABORATIVE || this == CONTENT_BASED;
  }
}
