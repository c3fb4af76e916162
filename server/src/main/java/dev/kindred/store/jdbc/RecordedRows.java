package dev.kindred.store.jdbc;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions.Kept;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Interactions as they are shown: with names instead of numbers. */
final class RecordedRows {

  private RecordedRows() {}

  /**
   * Selects what {@link #read} reads.
   *
   * @param interactions where the rows come from, a table or a bracketed selection
   */
  static String select(String interactions) {
    return """
    select i.position, u.user_id, et.name, e.entity_id, it.name,
      coalesce(i.weight, it.weight), i.at, d.event_id, d.recommendation_id, d.metadata,
      i.weight is not null, e.deleted > 0
    from %s i
      join users u on u.tenant = i.tenant and u."user" = i."user"
      join entities e on e.tenant = i.tenant and e.entity = i.entity
      join entity_types et on et.tenant = i.tenant and et.type = e.type
      join interaction_types it on it.tenant = i.tenant and it.type = i.type
      left join interaction_details d on d.position = i.position
    """
        .formatted(interactions);
  }

  static Kept readKept(Session session, ResultSet row) throws SQLException {
    return new Kept(read(session, row), row.getBoolean(11), row.getBoolean(12));
  }

  static RecordedInteraction read(Session session, ResultSet row) throws SQLException {
    JsonObject metadata = session.json(row, 10);
    return new RecordedInteraction(
        row.getLong(1),
        new UserId(row.getString(2)),
        EntityKey.of(row.getString(3), row.getString(4)),
        row.getString(5),
        row.getDouble(6),
        metadata == null ? JsonObject.EMPTY : metadata,
        Micros.toInstant(row.getLong(7)),
        Optional.ofNullable(row.getString(8)),
        Optional.ofNullable(row.getString(9)));
  }
}
