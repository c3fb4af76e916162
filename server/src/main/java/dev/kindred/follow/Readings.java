package dev.kindred.follow;

import dev.kindred.collect.EventClock;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.UserId;
import dev.kindred.json.Json;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Limits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes of each source a way to read it: rows become the changes that everybody else sends. */
final class Readings {

  /** Makes the change that stores an item. */
  interface ItemPut {
    Change of(EntityKey key, JsonObject attributes);
  }

  private final ItemPut put;
  private final EventClock clock;

  Readings(ItemPut put, EventClock clock) {
    this.put = put;
    this.clock = clock;
  }

  /**
   * @throws MappingProblem if the mapping does not fit the database
   */
  Reading of(Connection connection, Source source) throws SQLException {
    var shape = Shape.of(connection, source);
    Reading reading =
        switch (source) {
          case Source.Items items -> items(shape, items);
          case Source.Users users -> users(shape, users);
          case Source.Deeds deeds -> deeds(shape, deeds);
        };
    try {
      // A first page of nothing: the database looks at every word of it.
      MainDatabase.stream(connection, reading.all() + " limit 0", row -> {});
    } catch (SQLException e) {
      throw Shape.refused(source, reading.storedWhen().isEmpty() ? "query" : "stored_when", e);
    }
    return reading;
  }

  private Reading items(Shape shape, Source.Items items) {
    Bound bound = Bound.of(shape);
    Column key = shape.column("key", items.key());
    List<Column> attributes = attributes(shape, key, bound);
    String stored = items.storedWhen().map(rule -> "(" + rule + ")").orElse("");
    var selected = new ArrayList<String>();
    selected.add(Column.quoted(key.name()) + "::text");
    selected.add(bound.selected());
    selected.add(stored.isEmpty() ? "true" : "coalesce(" + stored + ", false)");
    for (Column column : attributes) selected.add(column.selected());
    return new Reading(items, selected, bound, stored, "", row -> item(items, attributes, row));
  }

  private Row item(Source.Items items, List<Column> attributes, ResultSet row) throws SQLException {
    String id = row.getString(1);
    long watermark = row.getLong(2);
    try {
      var key = new EntityKey(items.type(), new EntityId(present(id)));
      long keyPrint = keyPrint(key.id().value());
      if (!row.getBoolean(3)) {
        return new Row.Gone(new Change.DeleteEntity(key), keyPrint, watermark);
      }
      JsonObject said = attributes(attributes, row, 4);
      return new Row.Kept(
          put.of(key, said), keyPrint, contentPrint(key.id().value(), said), watermark);
    } catch (KindredException unfit) {
      return new Row.Unfit(String.valueOf(id), unfit.sentence(), watermark);
    }
  }

  private Reading users(Shape shape, Source.Users users) {
    Bound bound = Bound.of(shape);
    Column key = shape.column("key", users.key());
    List<Column> attributes = attributes(shape, key, bound);
    var selected = new ArrayList<String>();
    selected.add(Column.quoted(key.name()) + "::text");
    selected.add(bound.selected());
    for (Column column : attributes) selected.add(column.selected());
    return new Reading(users, selected, bound, "", "", row -> user(attributes, row));
  }

  private static Row user(List<Column> attributes, ResultSet row) throws SQLException {
    String id = row.getString(1);
    long watermark = row.getLong(2);
    try {
      var user = new UserId(present(id));
      JsonObject said = attributes(attributes, row, 3);
      return new Row.Kept(
          new Change.PutUser(user, said),
          keyPrint(user.value()),
          contentPrint(user.value(), said),
          watermark);
    } catch (KindredException unfit) {
      return new Row.Unfit(String.valueOf(id), unfit.sentence(), watermark);
    }
  }

  private Reading deeds(Shape shape, Source.Deeds deeds) {
    Bound bound = Bound.of(shape);
    Column user = shape.column("user", deeds.user());
    Column item = shape.column("item", deeds.item());
    Column at = shape.time("at", deeds.at());
    var selected = new ArrayList<String>();
    selected.add(Column.quoted(user.name()) + "::text");
    selected.add(Column.quoted(item.name()) + "::text");
    selected.add(at.micros());
    selected.add(bound.selected());
    deeds
        .weight()
        .ifPresent(
            name -> selected.add(Column.quoted(shape.column("weight", name).name()) + "::float8"));
    String together = " order by " + Column.quoted(user.name()) + ", " + Column.quoted(at.name());
    return new Reading(deeds, selected, bound, "", together, row -> deed(deeds, row));
  }

  private Row deed(Source.Deeds deeds, ResultSet row) throws SQLException {
    String user = row.getString(1);
    String item = row.getString(2);
    long micros = row.getLong(3);
    boolean atGiven = !row.wasNull();
    long watermark = row.getLong(4);
    OptionalDouble weight = deeds.weight().isPresent() ? weight(row) : OptionalDouble.empty();
    try {
      if (!atGiven) return new Row.Unfit(user + " " + item, "it has no time", watermark);
      Instant at = clock.require("", Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
      var key = new EntityKey(deeds.itemType(), new EntityId(present(item)));
      var interaction =
          new Interaction(
              new UserId(present(user)),
              key.asRef(),
              deeds.name(),
              weight,
              JsonObject.EMPTY,
              at,
              true,
              Optional.empty(),
              Optional.empty());
      long print = deedPrint(present(user), present(item), micros);
      long content =
          weight.isPresent()
              ? print ^ Double.doubleToLongBits(weight.getAsDouble()) * 0x9FB21C651E98DF25L
              : print;
      return new Row.Kept(new Change.RecordInteraction(interaction), print, content, watermark);
    } catch (KindredException unfit) {
      return new Row.Unfit(user + " " + item, unfit.sentence(), watermark);
    }
  }

  private static OptionalDouble weight(ResultSet row) throws SQLException {
    double weight = row.getDouble(5);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(weight);
  }

  static long keyPrint(String id) {
    return new Fingerprint().add(id).value();
  }

  static long contentPrint(String id, JsonObject attributes) {
    return new Fingerprint().add(id).add(attributes.utf8()).value();
  }

  static long deedPrint(String user, String item, long micros) {
    return new Fingerprint().add(user).add(item).add(micros).value();
  }

  /** The watermark is no attribute unless it is a time, which may be worth knowing. */
  private static List<Column> attributes(Shape shape, Column key, Bound bound) {
    return bound.column().isTime()
        ? shape.others(key.name())
        : shape.others(key.name(), bound.column().name());
  }

  private static JsonObject attributes(List<Column> columns, ResultSet row, int from)
      throws SQLException {
    var out = new JsonWriter(256).beginObject();
    int index = from;
    for (Column column : columns) column.write(row, index++, out);
    return Json.object(out.endObject().toByteArray(), Limits.ATTRIBUTES);
  }

  private static String present(String id) {
    return id == null ? "" : id;
  }
}
