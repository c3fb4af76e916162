package dev.kindred.store.jdbc;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.UserId;
import dev.kindred.store.Experiments;
import dev.kindred.store.jdbc.ExperimentRows.Numbered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The experiments of a tenant. */
final class JdbcExperiments implements Experiments {

  private static final String EXPOSURES =
      """
      select x.name, e.variant, e.at, e.before, e.position
      from users u
      join exposures e on e.tenant = u.tenant and e."user" = u."user"
      join experiments x on x.tenant = e.tenant and x.experiment = e.experiment
      where u.tenant = ? and u.user_id = ?
      """;

  private final TenantReading reading;

  JdbcExperiments(TenantReading reading) {
    this.reading = reading;
  }

  @Override
  public Optional<Experiment> find(String name) {
    return reading.read(
        Optional.empty(),
        (session, tenant) -> ExperimentRows.find(session, tenant, name).map(Numbered::experiment));
  }

  @Override
  public List<Experiment> all() {
    return reading.read(
        List.of(),
        (session, tenant) ->
            ExperimentRows.all(session, tenant).stream().map(Numbered::experiment).toList());
  }

  @Override
  public List<Experiment> versions(String name, int limit) {
    return reading.read(
        List.of(), (session, tenant) -> ExperimentRows.versions(session, tenant, name, limit));
  }

  @Override
  public Optional<Exposure> exposure(String name, UserId user) {
    return reading.read(
        Optional.empty(),
        (session, tenant) ->
            session.first(
                EXPOSURES + " and x.name = ?",
                JdbcExperiments::exposure,
                tenant,
                user.value(),
                name));
  }

  @Override
  public List<Exposure> ofUser(UserId user) {
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                EXPOSURES + " order by e.experiment",
                JdbcExperiments::exposure,
                tenant,
                user.value()));
  }

  @Override
  public List<Converted> conversions(UserId user) {
    return reading.read(
        List.of(),
        (session, tenant) ->
            session.list(
                """
                select x.name, c.metric, c.times, c.value
                from users u
                join conversions c on c.tenant = u.tenant and c."user" = u."user"
                join experiments x on x.tenant = c.tenant and x.experiment = c.experiment
                where u.tenant = ? and u.user_id = ? order by c.experiment, c.metric
                """,
                row ->
                    new Converted(
                        row.getString(1), row.getInt(2), row.getLong(3), row.getDouble(4)),
                tenant,
                user.value()));
  }

  @Override
  public Sums sums(String name, LocalDate from, LocalDate to) {
    return reading.read(
        Sums.NONE,
        (session, tenant) -> {
          Optional<Numbered> found = ExperimentRows.find(session, tenant, name);
          if (found.isEmpty()) return Sums.NONE;
          int number = found.get().number();
          int first = Math.toIntExact(from.toEpochDay());
          int last = Math.toIntExact(to.toEpochDay());
          return new Sums(
              session.list(
                  """
                  select day, variant, users, before, before_squares from exposed_days
                  where tenant = ? and experiment = ? and day >= ? and day <= ?
                  order by day, variant
                  """,
                  JdbcExperiments::exposedDay,
                  tenant,
                  number,
                  first,
                  last),
              session.list(
                  """
                  select day, variant, metric,
                    users, conversions, value, value_squares, value_times_before
                  from converted_days
                  where tenant = ? and experiment = ? and day >= ? and day <= ?
                  order by day, variant, metric
                  """,
                  JdbcExperiments::convertedDay,
                  tenant,
                  number,
                  first,
                  last));
        });
  }

  private static Exposure exposure(ResultSet row) throws SQLException {
    return new Exposure(
        row.getString(1),
        row.getInt(2),
        Micros.toInstant(row.getLong(3)),
        row.getLong(4),
        row.getLong(5));
  }

  private static ExposedDay exposedDay(ResultSet row) throws SQLException {
    return new ExposedDay(
        LocalDate.ofEpochDay(row.getLong(1)),
        row.getInt(2),
        row.getLong(3),
        row.getDouble(4),
        row.getDouble(5));
  }

  private static ConvertedDay convertedDay(ResultSet row) throws SQLException {
    return new ConvertedDay(
        LocalDate.ofEpochDay(row.getLong(1)),
        row.getInt(2),
        row.getInt(3),
        row.getLong(4),
        row.getLong(5),
        row.getDouble(6),
        row.getDouble(7),
        row.getDouble(8));
  }
}
