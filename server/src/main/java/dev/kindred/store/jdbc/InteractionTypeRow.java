package dev.kindred.store.jdbc;

import dev.kindred.domain.InteractionType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A row of {@code interaction_types}: a type that was registered or used. */
record InteractionTypeRow(
    int number,
    String name,
    double weight,
    @Nullable String description,
    @Nullable Double halfLife,
    boolean registered,
    long created,
    long updated) {

  private static final String COLUMNS =
      "type, name, weight, description, half_life, registered, created, updated";

  /** A type of which nobody has said anything. */
  static InteractionTypeRow unregistered(int number, String name) {
    return new InteractionTypeRow(
        number, name, InteractionType.defaultWeight(name), null, null, false, 0, 0);
  }

  static List<InteractionTypeRow> load(Session session, int tenant) throws SQLException {
    return session.list(
        "select " + COLUMNS + " from interaction_types where tenant = ? order by type",
        InteractionTypeRow::read,
        tenant);
  }

  static Optional<InteractionTypeRow> find(Session session, int tenant, String name)
      throws SQLException {
    return session.first(
        "select " + COLUMNS + " from interaction_types where tenant = ? and name = ?",
        InteractionTypeRow::read,
        tenant,
        name);
  }

  private static InteractionTypeRow read(ResultSet row) throws SQLException {
    double halfLife = row.getDouble(5);
    boolean hasHalfLife = !row.wasNull();
    return new InteractionTypeRow(
        row.getInt(1),
        row.getString(2),
        row.getDouble(3),
        row.getString(4),
        hasHalfLife ? (Double) halfLife : null,
        row.getBoolean(6),
        row.getLong(7),
        row.getLong(8));
  }

  void insert(Session session, int tenant) throws SQLException {
    session.update(
        """
        insert into interaction_types
          (tenant, type, name, weight, description, half_life, registered, created, updated)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        tenant,
        (short) number,
        name,
        weight,
        description,
        halfLife,
        registered,
        created,
        updated);
  }

  void update(Session session, int tenant) throws SQLException {
    session.update(
        """
        update interaction_types
        set weight = ?, description = ?, half_life = ?,
          registered = ?, created = ?, updated = ?
        where tenant = ? and type = ?
        """,
        weight,
        description,
        halfLife,
        registered,
        created,
        updated,
        tenant,
        (short) number);
  }

  /** Whether it is to be found by people, who did not only use it. */
  boolean isFound() {
    return registered || InteractionType.isBuiltIn(name);
  }

  InteractionType asType() {
    return new InteractionType(
        name,
        weight,
        Optional.ofNullable(description),
        halfLife == null ? OptionalDouble.empty() : OptionalDouble.of(halfLife),
        isFound(),
        Micros.toInstant(created),
        Micros.toInstant(updated));
  }
}
