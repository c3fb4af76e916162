package dev.kindred.store.jdbc;

import dev.kindred.domain.Change.RemoveInteraction;
import dev.kindred.domain.Measures;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Takes an interaction back. Its row goes, and its line moves to the other lines of the log, so
 * that no position is missing and whoever reads the log reads of it before reading that it is no
 * more.
 */
final class InteractionRemoval {

  private static final String FIND =
      """
      select i.position, i.at, i."user", i.entity, i.type, i.weight, i.measures
      from interactions i
        join entities e on e.tenant = i.tenant and e.entity = i.entity
        join entity_types et on et.tenant = e.tenant and et.type = e.type
      where i.tenant = ?
        and i."user" = (select u."user" from users u where u.tenant = i.tenant and u.user_id = ?)
        and i.at = ?
        and i.type =
          (select it.type from interaction_types it where it.tenant = i.tenant and it.name = ?)
        and e.entity_id = ? and et.name = ?
      order by i.position desc limit 1
      """;

  private record Row(
      long position, long at, int user, int entity, int type, double weight, Measures measures) {

    /** A weight of NaN stands for none of its own. */
    static Row read(ResultSet row) throws SQLException {
      double weight = row.getDouble(6);
      double own = row.wasNull() ? Double.NaN : weight;
      return new Row(
          row.getLong(1),
          row.getLong(2),
          row.getInt(3),
          row.getInt(4),
          row.getInt(5),
          own,
          MeasuresCode.decode(row.getBytes(7)));
    }

    void addTo(Rows events, long asPosition, int tenant, EventKind kind) {
      Double own = Double.isNaN(weight) ? null : (Double) weight;
      byte[] measured = MeasuresCode.encode(measures);
      events.add(
          asPosition, at, own, tenant, user, entity, kind.code, (short) type, measured, null, null);
    }
  }

  private InteractionRemoval() {}

  static Outcome make(Appending appending, TenantPart tenant, RemoveInteraction remove, Rows events)
      throws SQLException {
    if (tenant.isUnknown()) throw NotFound.interaction(remove);
    Session session = appending.session();
    Row row =
        session
            .first(
                FIND,
                Row::read,
                tenant.number(),
                remove.user().value(),
                Micros.of(remove.at()),
                remove.type(),
                remove.entity().id().value(),
                remove.entity().type().value())
            .orElseThrow(() -> NotFound.interaction(remove));
    session.update("delete from interaction_details where position = ?", row.position());
    session.update("delete from interactions where position = ?", row.position());
    row.addTo(events, row.position(), tenant.number(), EventKind.INTERACTED_ONCE);
    long position = appending.head().nextPosition();
    row.addTo(events, position, tenant.number(), EventKind.INTERACTION_REMOVED);
    return new Outcome.InteractionRemoved(row.position(), position);
  }
}
