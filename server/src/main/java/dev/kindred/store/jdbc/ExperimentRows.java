package dev.kindred.store.jdbc;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Experiments as rows: the newest version of each in one table, all versions in another. */
final class ExperimentRows {

  private static final String SELECT = "select experiment, body from experiments where tenant = ?";

  private ExperimentRows() {}

  /** An experiment and the number by which events refer to it. */
  record Numbered(int number, Experiment experiment) {}

  static Optional<Numbered> find(Session session, int tenant, String name) throws SQLException {
    return session.first(SELECT + " and name = ?", row -> numbered(session, row), tenant, name);
  }

  static List<Numbered> find(Session session, int tenant, Collection<String> names)
      throws SQLException {
    return session.list(
        SELECT + " and name = any(?)", row -> numbered(session, row), tenant, session.texts(names));
  }

  /** In the order of their creation. */
  static List<Numbered> all(Session session, int tenant) throws SQLException {
    return session.list(SELECT + " order by experiment", row -> numbered(session, row), tenant);
  }

  static List<Experiment> versions(Session session, int tenant, String name, int limit)
      throws SQLException {
    return session.list(
        """
        select v.body from experiment_versions v
        join experiments e on e.tenant = v.tenant and e.experiment = v.experiment
        where e.tenant = ? and e.name = ? order by v.version desc limit ?
        """,
        row -> experiment(session, row, 1),
        tenant,
        name,
        limit);
  }

  static void insert(Session session, int tenant, Numbered made) throws SQLException {
    session.update(
        """
        insert into experiments (tenant, experiment, name, body)
        values (?, ?, ?, cast(? as jsonb))
        """,
        tenant,
        made.number(),
        made.experiment().name(),
        version(session, tenant, made));
  }

  static void update(Session session, int tenant, Numbered changed) throws SQLException {
    session.update(
        """
        update experiments set body = cast(? as jsonb) where tenant = ? and experiment = ?
        """,
        version(session, tenant, changed),
        tenant,
        changed.number());
  }

  private static JsonObject version(Session session, int tenant, Numbered made)
      throws SQLException {
    JsonObject body = ExperimentJson.write(made.experiment());
    session.update(
        """
        insert into experiment_versions (version, tenant, experiment, body)
        values (?, ?, ?, cast(? as jsonb))
        """,
        made.experiment().version(),
        tenant,
        made.number(),
        body);
    return body;
  }

  private static Numbered numbered(Session session, ResultSet row) throws SQLException {
    return new Numbered(row.getInt(1), experiment(session, row, 2));
  }

  private static Experiment experiment(Session session, ResultSet row, int column)
      throws SQLException {
    JsonObject body = session.json(row, column);
    if (body == null) throw new IllegalStateException("an experiment without a body");
    return ExperimentJson.read(body);
  }
}
