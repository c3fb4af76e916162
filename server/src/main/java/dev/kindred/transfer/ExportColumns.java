package dev.kindred.transfer;

import java.util.List;

/** The columns of exports as CSV, in their order. */
final class ExportColumns {

  static final String VECTOR = "feature_vector";

  private static final List<String> ENTITIES =
      List.of(
          "entity_id",
          "entity_type",
          "attributes",
          "available_from",
          "available_until",
          "created_at",
          "updated_at");
  private static final List<String> INTERACTIONS =
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
  private static final List<String> USERS =
      List.of("user_id", "attributes", "created_at", "updated_at");

  private ExportColumns() {}

  static List<String> of(RecordKind kind) {
    return switch (kind) {
      case ENTITIES -> ENTITIES;
      case INTERACTIONS -> INTERACTIONS;
      case USERS -> USERS;
    };
  }

  /** Whether a file with these columns was written by an export. */
  static boolean areOurs(RecordKind kind, List<String> columns) {
    List<String> ours = of(kind);
    if (columns.equals(ours)) return true;
    return kind == RecordKind.ENTITIES
        && columns.size() == ours.size() + 1
        && columns.getLast().equals(VECTOR)
        && columns.subList(0, ours.size()).equals(ours);
  }
}
