package dev.kindred.store.jdbc;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.ShownList.OfExperiment;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of {@code shown_lists}. */
final class ShownRows {

  /** What {@link #read} reads. */
  static final String COLUMNS =
      "list_id, algorithm, as_of, model, experiment, variant, items, at, position, number";

  private ShownRows() {}

  /** Lists of users who are not there are of nobody. */
  static void insert(Session session, int tenant, long position, List<ShownList> lists)
      throws SQLException {
    Map<String, Integer> users = numbers(session, tenant, lists);
    var rows = new Rows(Tables.SHOWN_LISTS);
    for (int n = 0; n < lists.size(); n++) {
      ShownList list = lists.get(n);
      rows.add(
          position,
          n,
          Micros.of(list.at()),
          list.position(),
          tenant,
          list.user().map(user -> users.get(user.value())).orElse(null),
          list.id(),
          list.algorithm(),
          list.model(),
          list.variant().map(OfExperiment::experiment).orElse(null),
          list.variant().map(OfExperiment::variant).orElse(null),
          items(list.items()));
    }
    session.insert(rows);
  }

  private static Map<String, Integer> numbers(Session session, int tenant, List<ShownList> lists)
      throws SQLException {
    List<String> ids =
        lists.stream().flatMap(list -> list.user().stream()).map(UserId::value).distinct().toList();
    var numbers = new HashMap<String, Integer>();
    if (ids.isEmpty()) return numbers;
    session.each(
        """
        select user_id, "user" from users where tenant = ? and user_id = any(?)
        """,
        row -> numbers.put(row.getString(1), row.getInt(2)),
        tenant,
        session.texts(ids));
    return numbers;
  }

  static void erase(Session session, int tenant, int user) throws SQLException {
    session.update(
        """
        delete from shown_lists where tenant = ? and "user" = ?
        """,
        tenant,
        user);
  }

  static ShownList read(Session session, ResultSet row, Optional<UserId> user) throws SQLException {
    String experiment = row.getString(5);
    String variant = row.getString(6);
    JsonObject items = session.json(row, 7);
    return new ShownList(
        row.getString(1),
        user,
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        experiment == null || variant == null
            ? Optional.empty()
            : Optional.of(new OfExperiment(experiment, variant)),
        items == null ? List.of() : items(items),
        Micros.toInstant(row.getLong(8)));
  }

  /** {@code {"items":[["product","boots"]]}}. */
  private static JsonObject items(List<EntityKey> items) {
    var writer = new JsonWriter(64 + 64 * items.size()).beginObject().name("items").beginArray();
    for (EntityKey item : items) {
      writer.beginArray().string(item.type().value()).string(item.id().value()).endArray();
    }
    return JsonObject.ofCanonical(writer.endArray().endObject().toByteArray());
  }

  private static List<EntityKey> items(JsonObject json) {
    var items = new ArrayList<EntityKey>();
    var reader = JsonReader.of(json);
    for (var fields = reader.object(); fields.next(); ) {
      for (var each = reader.array(); each.next(); ) {
        var parts = new ArrayList<String>(2);
        for (var part = reader.array(); part.next(); ) parts.add(reader.string());
        items.add(new EntityKey(new EntityType(parts.getFirst()), new EntityId(parts.getLast())));
      }
    }
    return items;
  }
}
