package dev.kindred.transfer;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.json.Rfc3339;
import dev.kindred.store.Interactions.Between;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an export is to hold.
 *
 * @param entityType only entities of this type, or what was done with them
 * @param modifiedAfter only entities and users that have changed since
 * @param between only what happened then; of entities and users, those that came then
 * @param vectors whether entities come with their feature vectors
 */
public record ExportWanted(
    RecordKind kind,
    Optional<EntityType> entityType,
    Optional<Instant> modifiedAfter,
    Between between,
    boolean vectors) {

  private static final int DATE = 10;

  public ExportWanted {
    if (kind == RecordKind.INTERACTIONS && modifiedAfter.isPresent()) {
      throw InvalidRequest.at(
          "last_modified_after",
          "last_modified_after is for entities and users; interactions take start_date");
    }
    if (kind == RecordKind.USERS && entityType.isPresent()) {
      throw InvalidRequest.at("entity_type", "entity_type is for entities and interactions");
    }
    if (kind != RecordKind.ENTITIES && vectors) {
      throw InvalidRequest.at("include_vectors", "include_vectors is for entities");
    }
  }

  /** Everything of a kind. */
  public static ExportWanted all(RecordKind kind) {
    var ever = new Between(Optional.empty(), Optional.empty());
    return new ExportWanted(kind, Optional.empty(), Optional.empty(), ever, false);
  }

  /** A moment as people write it: a time, or a day, which begins at midnight in UTC. */
  public static Instant moment(String name, String text) {
    try {
      return Rfc3339.parse(Times.rfc3339(text));
    } catch (InvalidRequest refused) {
      throw refused.at(name);
    }
  }

  /** The end of a stretch of time: a time, or a day, which is still in it. */
  public static Instant end(String name, String text) {
    Instant moment = moment(name, text);
    return text.strip().length() == DATE ? moment.plus(Duration.ofDays(1)) : moment;
  }

  /** Whether an entity or user with these times is wanted. */
  boolean includes(Instant createdAt, Instant updatedAt) {
    return modifiedAfter.map(updatedAt::isAfter).orElse(true)
        && between.from().map(from -> !createdAt.isBefore(from)).orElse(true)
        && between.until().map(createdAt::isBefore).orElse(true);
  }
}
