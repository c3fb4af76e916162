package dev.kindred.store.jdbc;

import static java.util.Objects.requireNonNull;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.Event;
import dev.kindred.domain.Measures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the log says, be it read or about to be written.
 *
 * @param counted of an interaction: what it counts
 * @param other when an interaction happened, or the original of one that was sent again
 * @param before what one that was sent again counted before
 * @param value of a conversion: what it is worth
 * @param sum of one that went or came; null in all other rows
 */
record EventRow(
    long position,
    int kind,
    int tenant,
    int subject,
    int entity,
    int type,
    Event.Counted counted,
    long other,
    Event.Counted before,
    double value,
    @Nullable BehaviourSum sum) {

  /** Stands in the column of kinds for a row of {@code interactions}. */
  private static final int INTERACTED = 0;

  private static final Event.Counted NOTHING = new Event.Counted(Float.NaN, Measures.NONE);

  /**
   * Columns {@code position, kind, tenant, subject, entity, type, weight, other, measures,
   * weight_before, measures_before}.
   *
   * @param atFirst what interactions that were sent again counted at first; those that were found
   *     are taken out
   */
  static Event read(ResultSet row, Map<Long, Event.Counted> atFirst) throws SQLException {
    if (SumCode.isOf(row.getInt(2))) return ofSum(row).event();
    Event.Counted first = atFirst.remove(row.getLong(1));
    return new EventRow(
            row.getLong(1),
            row.getInt(2),
            row.getInt(3),
            row.getInt(4),
            row.getInt(5),
            row.getInt(6),
            first == null ? counted(row, 7, 9) : first,
            row.getLong(8),
            counted(row, 10, 11),
            row.getDouble(7),
            null)
        .event();
  }

  private static EventRow ofSum(ResultSet row) throws SQLException {
    return ofSum(
        row.getLong(1),
        row.getInt(2),
        SumCode.decode(
            row.getBytes(9), row.getInt(3), row.getInt(4), row.getInt(5), row.getInt(6)));
  }

  private static EventRow ofSum(long position, int kind, BehaviourSum sum) {
    return new EventRow(
        position,
        kind,
        sum.tenant(),
        sum.user(),
        sum.entity(),
        sum.type(),
        NOTHING,
        0,
        NOTHING,
        0,
        sum);
  }

  static Event.Counted counted(ResultSet row, int weight, int measures) throws SQLException {
    double own = row.getDouble(weight);
    float ownOrNone = row.wasNull() ? Float.NaN : (float) own;
    return new Event.Counted(ownOrNone, MeasuresCode.decode(row.getBytes(measures)));
  }

  /** A row on its way into {@link Tables#EVENTS}. */
  static EventRow of(@Nullable Object[] row) {
    int kind = number(row[6]).intValue();
    if (SumCode.isOf(kind)) {
      return ofSum(
          number(row[0]).longValue(),
          kind,
          SumCode.decode(
              (byte[]) requireNonNull(row[8]),
              number(row[3]).intValue(),
              number(row[4]).intValue(),
              number(row[5]).intValue(),
              number(row[7]).intValue()));
    }
    return new EventRow(
        number(row[0]).longValue(),
        kind,
        number(row[3]).intValue(),
        number(row[4]).intValue(),
        number(row[5]).intValue(),
        number(row[7]).intValue(),
        counted(row[2], row[8]),
        number(row[1]).longValue(),
        counted(row[9], row[10]),
        number(row[2]).doubleValue(),
        null);
  }

  private static Number number(@Nullable Object value) {
    return value == null ? 0 : (Number) value;
  }

  private static Event.Counted counted(@Nullable Object weight, @Nullable Object measures) {
    return new Event.Counted(
        weight == null ? Float.NaN : ((Number) weight).floatValue(),
        MeasuresCode.decode((byte[]) measures));
  }

  /** Whether it is the line of an interaction that moved here because it was taken back. */
  boolean isMoved() {
    return kind == EventKind.INTERACTED_ONCE.code;
  }

  Event event() {
    if (kind == INTERACTED) return interacted();
    return switch (EventKind.of(kind)) {
      case REWEIGHED ->
          new Event.Reweighed(
              position,
              tenant,
              other,
              subject,
              entity,
              type,
              counted.weight(),
              counted.measures(),
              before);
      case INTERACTED_ONCE -> interacted();
      case INTERACTION_REMOVED ->
          new Event.InteractionRemoved(
              position, tenant, subject, entity, type, counted.weight(), other, counted.measures());
      case ENTITY_PUT -> new Event.EntityPut(position, tenant, subject);
      case ENTITY_DELETED -> new Event.EntityDeleted(position, tenant, subject);
      case USER_PUT -> new Event.UserPut(position, tenant, subject);
      case USER_ERASED -> new Event.UserErased(position, tenant, subject);
      case INTERACTION_TYPE_CHANGED -> new Event.InteractionTypeChanged(position, tenant, subject);
      case SETTINGS_CHANGED -> new Event.SettingsChanged(position, tenant);
      case KEYS_CHANGED -> new Event.KeysChanged(position, tenant);
      case JOB_CHANGED -> new Event.JobChanged(position, tenant);
      case WEBHOOKS_CHANGED -> new Event.WebhooksChanged(position, tenant);
      case NOTICED -> new Event.Noticed(position, tenant, WebhookRows.topic(subject));
      case LISTS_SHOWN -> new Event.ListsShown(position, tenant);
      case SUM_TAKEN -> new Event.SumTaken(position, requireNonNull(sum));
      case SUM_GIVEN -> new Event.SumGiven(position, requireNonNull(sum));
      case BEHAVIOURS_PURGED -> new Event.BehavioursPurged(position, tenant, other);
      case FEATURE_STATISTICS_CHANGED -> new Event.FeatureStatisticsChanged(position, tenant);
      case EXPERIMENT_CHANGED -> new Event.ExperimentChanged(position, tenant, subject);
      case EXPOSED -> new Event.Exposed(position, tenant, entity, subject, type, other);
      case CONVERTED -> new Event.Converted(position, tenant, entity, subject, type, value, other);
    };
  }

  private Event interacted() {
    return new Event.Interacted(
        position, tenant, subject, entity, type, counted.weight(), other, counted.measures());
  }
}
