package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import java.util.List;
import java.util.Optional;

/**
 * Where a value of a record goes: a field that the API knows, or a member of its attributes or
 * metadata.
 */
record Target(Place place, String name) {

  /** The part of the API's object. */
  enum Place {
    FIELD,
    ATTRIBUTE,
    METADATA
  }

  private static final String ATTRIBUTES = "attributes.";
  private static final String METADATA = "metadata.";

  private static final List<String> OF_ENTITIES =
      List.of(
          "entity_id",
          "entity_type",
          "attributes",
          "feature_vector",
          "available_from",
          "available_until");
  private static final List<String> OF_USERS = List.of("user_id", "attributes");
  private static final List<String> OF_INTERACTIONS =
      List.of(
          "user_id",
          "entity_id",
          "entity_type",
          "interaction_type",
          "weight",
          "timestamp",
          "event_id",
          "recommendation_id",
          "metadata");

  static List<String> fieldsOf(RecordKind kind) {
    return switch (kind) {
      case ENTITIES -> OF_ENTITIES;
      case INTERACTIONS -> OF_INTERACTIONS;
      case USERS -> OF_USERS;
    };
  }

  static List<String> requiredOf(RecordKind kind) {
    return switch (kind) {
      case ENTITIES -> List.of("entity_id");
      case INTERACTIONS -> List.of("user_id", "entity_id", "interaction_type");
      case USERS -> List.of("user_id");
    };
  }

  static Target field(String name) {
    return new Target(Place.FIELD, name);
  }

  static Target attribute(String name) {
    return new Target(Place.ATTRIBUTE, name);
  }

  /** The target of that name, if records of this kind have it. */
  static Optional<Target> find(RecordKind kind, String name) {
    if (fieldsOf(kind).contains(name)) return Optional.of(field(name));
    boolean isInteraction = kind == RecordKind.INTERACTIONS;
    if (isInteraction && name.length() > METADATA.length() && name.startsWith(METADATA)) {
      return Optional.of(new Target(Place.METADATA, name.substring(METADATA.length())));
    }
    if (!isInteraction && name.length() > ATTRIBUTES.length() && name.startsWith(ATTRIBUTES)) {
      return Optional.of(attribute(name.substring(ATTRIBUTES.length())));
    }
    return Optional.empty();
  }

  static Target require(RecordKind kind, String name) {
    return find(kind, name)
        .orElseThrow(() -> {
          String free = kind == RecordKind.INTERACTIONS ? METADATA + "NAME" : ATTRIBUTES + "NAME";
          return new InvalidRequest(
              kind.word()
                  + " have no field '"
                  + name
                  + "'; they have "
                  + String.join(", ", fieldsOf(kind))
                  + ", "
                  + free);
        });
  }

  /** How a value must look there, where nobody says otherwise. */
  Shape shape() {
    if (place != Place.FIELD) return Shape.VALUE;
    return switch (name) {
      case "weight" -> Shape.NUMBER;
      case "timestamp", "available_from", "available_until" -> Shape.TIME;
      case "attributes", "metadata", "feature_vector" -> Shape.JSON;
      case "interaction_type" -> Shape.WORD;
      default -> Shape.TEXT;
    };
  }

  @Override
  public String toString() {
    return switch (place) {
      case FIELD -> name;
      case ATTRIBUTE -> ATTRIBUTES + name;
      case METADATA -> METADATA + name;
    };
  }
}
