package dev.kindred.store.jdbc;

import static dev.kindred.store.jdbc.Rows.Kind.BYTES;
import static dev.kindred.store.jdbc.Rows.Kind.DOUBLE;
import static dev.kindred.store.jdbc.Rows.Kind.INT;
import static dev.kindred.store.jdbc.Rows.Kind.JSON;
import static dev.kindred.store.jdbc.Rows.Kind.LONG;
import static dev.kindred.store.jdbc.Rows.Kind.SHORT;
import static dev.kindred.store.jdbc.Rows.Kind.TEXT;

import dev.kindred.store.jdbc.Rows.Column;
import dev.kindred.store.jdbc.Rows.Kind;
import dev.kindred.store.jdbc.Rows.Table;

/** The tables that are written in bulk. */
final class Tables {

  static final Table EVENTS =
      Table.of(
          "events",
          column("position", LONG),
          column("original", LONG),
          column("weight", DOUBLE),
          column("tenant", INT),
          column("subject", INT),
          column("entity", INT),
          column("kind", SHORT),
          column("type", SHORT),
          column("measures", BYTES),
          column("weight_before", DOUBLE),
          column("measures_before", BYTES));

  static final Table ENTITIES =
      Table.of(
          "entities",
          column("tenant", INT),
          column("entity", INT),
          column("type", INT),
          column("entity_id", TEXT),
          column("created", LONG),
          column("updated", LONG),
          column("deleted", LONG),
          column("available_from", LONG),
          column("available_until", LONG),
          column("attributes", JSON),
          column("vector", BYTES));

  /** The columns by which {@link #ENTITIES} and {@link #USERS} are changed. */
  static final int NUMBER_COLUMNS = 2;

  static final Table USERS =
      Table.of(
          "users",
          column("tenant", INT),
          column("\"user\"", INT),
          column("user_id", TEXT),
          column("created", LONG),
          column("updated", LONG),
          column("attributes", JSON));

  static final Table INTERACTIONS =
      Table.of(
          "interactions",
          column("position", LONG),
          column("at", LONG),
          column("tenant", INT),
          column("\"user\"", INT),
          column("entity", INT),
          column("type", SHORT),
          column("weight", DOUBLE),
          column("measures", BYTES));

  /** What an interaction that is sent again counts anew. */
  static final Table COUNTED =
      Table.of(
          "interactions",
          column("position", LONG),
          column("weight", DOUBLE),
          column("measures", BYTES));

  static final int COUNTED_KEY_COLUMNS = 1;

  static final Table INTERACTION_DETAILS =
      Table.of(
              "interaction_details",
              column("position", LONG),
              column("tenant", INT),
              column("event_id", TEXT),
              column("recommendation_id", TEXT),
              column("metadata", JSON))
          .onConflict(
              """
              on conflict (position) do update set metadata = excluded.metadata
              """);

  /** The part of an entity that is no change of it. */
  static final Table VECTORS =
      Table.of(
          "entities",
          column("tenant", INT),
          column("entity", INT),
          column("updated", LONG),
          column("deleted", LONG),
          column("vector", BYTES));

  static final int VECTORS_KEY_COLUMNS = 4;

  /** The copies that pgvector searches. */
  static final Table ENTITY_VECTORS =
      Table.of(
              "entity_vectors",
              column("tenant", INT),
              column("entity", INT),
              column("type", INT),
              column("vector", Kind.VECTOR))
          .onConflict("on conflict (tenant, entity) do update set vector = excluded.vector");

  static final Table EXPOSURES =
      Table.of(
          "exposures",
          column("position", LONG),
          column("at", LONG),
          column("before", LONG),
          column("tenant", INT),
          column("experiment", INT),
          column("\"user\"", INT),
          column("variant", SHORT));

  static final Table SHOWN_LISTS =
      Table.of(
          "shown_lists",
          column("position", LONG),
          column("number", INT),
          column("at", LONG),
          column("as_of", LONG),
          column("tenant", INT),
          column("\"user\"", INT),
          column("list_id", TEXT),
          column("algorithm", TEXT),
          column("model", TEXT),
          column("experiment", TEXT),
          column("variant", TEXT),
          column("items", JSON));

  static final Table CONVERSIONS =
      Table.of(
              "conversions",
              column("times", LONG),
              column("value", DOUBLE),
              column("tenant", INT),
              column("experiment", INT),
              column("\"user\"", INT),
              column("metric", SHORT))
          .onConflict(
              """
              on conflict (tenant, "user", experiment, metric)
              do update set times = excluded.times, value = excluded.value
              """);

  static final Table EXPOSED_DAYS =
      Table.of(
              "exposed_days",
              column("tenant", INT),
              column("experiment", INT),
              column("day", INT),
              column("variant", SHORT),
              column("users", LONG),
              column("before", DOUBLE),
              column("before_squares", DOUBLE))
          .onConflict(
              """
              on conflict (tenant, experiment, day, variant)
              do update set users = excluded.users, before = excluded.before,
                before_squares = excluded.before_squares
              """);

  static final Table CONVERTED_DAYS =
      Table.of(
              "converted_days",
              column("tenant", INT),
              column("experiment", INT),
              column("day", INT),
              column("variant", SHORT),
              column("metric", SHORT),
              column("users", LONG),
              column("conversions", LONG),
              column("value", DOUBLE),
              column("value_squares", DOUBLE),
              column("value_times_before", DOUBLE))
          .onConflict(
              """
              on conflict (tenant, experiment, day, variant, metric)
              do update set users = excluded.users, conversions = excluded.conversions,
                value = excluded.value, value_squares = excluded.value_squares,
                value_times_before = excluded.value_times_before
              """);

  static final Table WEBHOOK_DELIVERIES =
      Table.of(
          "webhook_deliveries",
          column("webhook", LONG),
          column("number", LONG),
          column("position", LONG),
          column("at", LONG),
          column("took", INT),
          column("attempt", INT),
          column("status", INT),
          column("topic", SHORT),
          column("problem", TEXT));

  /** Sums; those that are there already take these in addition. */
  static final Table BEHAVIOURS_PAST =
      Table.of(
              "behaviours_past",
              column("tenant", INT),
              column("\"user\"", INT),
              column("entity", INT),
              column("type", SHORT),
              column("circumstances", SHORT),
              column("moved_by", LONG),
              column("count", LONG),
              column("owns", LONG),
              column("weight", LONG),
              column("rated", LONG),
              column("ratings", LONG),
              column("taken_in", LONG),
              column("timed", LONG),
              column("durations", LONG),
              column("mornings", LONG),
              column("afternoons", LONG),
              column("evenings", LONG),
              column("nights", LONG),
              column("last", LONG))
          .onConflict(
              """
              on conflict (tenant, "user", entity, type, circumstances, moved_by) do update set
                count = behaviours_past.count + excluded.count,
                owns = behaviours_past.owns + excluded.owns,
                weight = behaviours_past.weight + excluded.weight,
                rated = behaviours_past.rated + excluded.rated,
                ratings = behaviours_past.ratings + excluded.ratings,
                taken_in = behaviours_past.taken_in + excluded.taken_in,
                timed = behaviours_past.timed + excluded.timed,
                durations = behaviours_past.durations + excluded.durations,
                mornings = behaviours_past.mornings + excluded.mornings,
                afternoons = behaviours_past.afternoons + excluded.afternoons,
                evenings = behaviours_past.evenings + excluded.evenings,
                nights = behaviours_past.nights + excluded.nights,
                last = case when behaviours_past.last > excluded.last
                  then behaviours_past.last else excluded.last end
              """);

  private Tables() {}

  private static Column column(String name, Kind kind) {
    return new Column(name, kind);
  }
}
