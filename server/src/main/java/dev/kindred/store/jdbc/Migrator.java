package dev.kindred.store.jdbc;

import dev.kindred.store.jdbc.MigrationStatus.State;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables of a database to the shape that this program needs, and back.
 *
 * <p>Each migration is a transaction with its line in the history. One program at a time migrates:
 * the others wait, and then find the work done.
 */
public final class Migrator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

  private static final String HISTORY =
      """
      create table if not exists schema_history (
        version      ${int}  primary key,
        applied_at   ${long} not null,
        took_millis  ${long} not null,
        success      ${bool} not null,
        description  ${text} not null,
        checksum     ${text} not null
      ) ${table}
      """;

  private final Database database;
  private final InstantSource clock;
  private final List<Migration> known;

  Migrator(Database database, InstantSource clock, List<Migration> known) {
    this.database = database;
    this.clock = clock;
    this.known = known;
  }

  /** Connects for migrating only; waits for the database as a store would. */
  public static Migrator connect(JdbcSettings settings, InstantSource clock) {
    Database database = Connecting.to(settings, new SplittableRandom());
    try {
      Connecting.await(database, settings, clock);
      return new Migrator(database, clock, Migration.all(database.dialect()));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Applies what is pending; returns how many migrations that were. */
  public int up() {
    int applied = 0;
    while (step(this::nextUp, true)) applied++;
    return applied;
  }

  /**
   * Takes migrations back, newest first, until the database is at that version; 0 takes back all.
   * What was stored in their tables is lost.
   */
  public int downTo(int version) {
    int reverted = 0;
    while (step(history -> nextDown(history, version), false)) reverted++;
    return reverted;
  }

  /** The newest applied version, or 0. */
  public int version() {
    return status().stream()
        .filter(line -> line.state() != State.PENDING && line.state() != State.FAILED)
        .mapToInt(MigrationStatus::version)
        .max()
        .orElse(0);
  }

  /** Every migration that this program or the database knows, in order. */
  public List<MigrationStatus> status() {
    NavigableMap<Integer, Line> history =
        database.write(session -> {
          session.dialect().beginMigration(session);
          return history(session);
        });
    var lines = new ArrayList<MigrationStatus>();
    for (Migration migration : known) {
      Line line = history.remove(migration.version());
      lines.add(
          line == null
              ? new MigrationStatus(
                  migration.version(),
                  migration.description(),
                  State.PENDING,
                  Optional.empty(),
                  Duration.ZERO)
              : line.status(
                  !line.success
                      ? State.FAILED
                      : line.checksum.equals(migration.checksum())
                          ? State.APPLIED
                          : State.CHANGED));
    }
    history.values().forEach(line -> lines.add(line.status(State.UNKNOWN)));
    return lines;
  }

  /** Throws {@link MigrationProblem} unless the tables are what this program needs. */
  public void validate() {
    List<MigrationStatus> status = status();
    for (MigrationStatus line : status) requireKnown(line);
    List<Integer> pending =
        status.stream()
            .filter(line -> line.state() != State.APPLIED)
            .map(MigrationStatus::version)
            .toList();
    if (!pending.isEmpty()) {
      throw new MigrationProblem(
          "the database lacks migrations " + pending + "; run 'kindred migrate up'");
    }
  }

  @Override
  public void close() {
    database.close();
  }

  /** Finds the next step in the history; absent when there is none to take. */
  private interface Choice {
    Optional<Migration> from(NavigableMap<Integer, Line> history);
  }

  /** Takes one step, if there is one; returns whether there was. */
  private boolean step(Choice choice, boolean up) {
    var tried = new Migration[1];
    try {
      return database.write(session -> {
        session.dialect().beginMigration(session);
        NavigableMap<Integer, Line> history = history(session);
        Optional<Migration> next = choice.from(history);
        if (next.isEmpty()) return false;
        tried[0] = next.get();
        apply(session, next.get(), up);
        return true;
      });
    } catch (DatabaseFailure e) {
      Migration failed = tried[0];
      if (failed == null) throw e;
      if (up) database.write(session -> write(session, failed, 0, false));
      throw new MigrationProblem(
          "migration %d (%s) failed and was taken back: %s"
              .formatted(failed.version(), failed.description(), reason(e)),
          e);
    }
  }

  private void apply(Session session, Migration migration, boolean up) throws SQLException {
    long start = clock.millis();
    try (Statement statement = session.connection().createStatement()) {
      for (String sql : up ? migration.up() : migration.down()) statement.execute(sql);
    }
    long took = clock.millis() - start;
    if (up) write(session, migration, took, true);
    else session.update("delete from schema_history where version = ?", migration.version());
    LOG.atInfo()
        .addKeyValue("version", migration.version())
        .addKeyValue("description", migration.description())
        .addKeyValue("millis", took)
        .log(up ? "migration applied" : "migration taken back");
  }

  private Optional<Migration> nextUp(NavigableMap<Integer, Line> history) {
    requireKnown(history);
    return known.stream().filter(migration -> !isApplied(history, migration.version())).findFirst();
  }

  private Optional<Migration> nextDown(NavigableMap<Integer, Line> history, int downTo) {
    requireKnown(history);
    return known.reversed().stream()
        .filter(migration -> migration.version() > downTo)
        .filter(migration -> isApplied(history, migration.version()))
        .findFirst();
  }

  private static boolean isApplied(NavigableMap<Integer, Line> history, int version) {
    Line line = history.get(version);
    return line != null && line.success;
  }

  private void requireKnown(NavigableMap<Integer, Line> history) {
    for (Line line : history.values()) {
      Optional<Migration> migration =
          known.stream().filter(one -> one.version() == line.version).findFirst();
      if (migration.isEmpty()) requireKnown(line.status(State.UNKNOWN));
      else if (line.success && !line.checksum.equals(migration.get().checksum())) {
        requireKnown(line.status(State.CHANGED));
      }
    }
  }

  private void requireKnown(MigrationStatus line) {
    if (line.state() == State.UNKNOWN) {
      throw new MigrationProblem(
          "the database is newer than this program: it has migration %d (%s), and this program knows"
                  .formatted(line.version(), line.description())
              + " none after %d; start the newer program, or migrate down with it first"
                  .formatted(known.getLast().version()));
    }
    if (line.state() == State.CHANGED) {
      throw new MigrationProblem(
          "migration %d (%s) was applied from another text than this program has; use the program"
                  .formatted(line.version(), line.description())
              + " that applied it, or restore its file");
    }
  }

  private static NavigableMap<Integer, Line> history(Session session) throws SQLException {
    String create = HISTORY;
    for (var word : session.dialect().words().entrySet()) {
      create = create.replace("${" + word.getKey() + "}", word.getValue());
    }
    session.update(create);
    var history = new TreeMap<Integer, Line>();
    session.each(
        """
        select version, description, checksum, applied_at, took_millis, success
        from schema_history
        """,
        row ->
            history.put(
                row.getInt(1),
                new Line(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getBoolean(6))));
    return history;
  }

  private int write(Session session, Migration migration, long took, boolean success)
      throws SQLException {
    return session.update(
        """
        insert into schema_history
          (version, description, checksum, applied_at, took_millis, success)
        values (?, ?, ?, ?, ?, ?)
        on conflict (version) do update set
          description = excluded.description, checksum = excluded.checksum,
          applied_at = excluded.applied_at, took_millis = excluded.took_millis,
          success = excluded.success
        """,
        migration.version(),
        migration.description(),
        migration.checksum(),
        Micros.of(clock.instant()),
        took,
        success);
  }

  private static String reason(DatabaseFailure failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
  }

  /** A line of the history. */
  private record Line(
      int version,
      String description,
      String checksum,
      long appliedAt,
      long tookMillis,
      boolean success) {

    MigrationStatus status(State state) {
      return new MigrationStatus(
          version,
          description,
          state,
          Optional.of(Micros.toInstant(appliedAt)),
          Duration.ofMillis(tookMillis));
    }
  }
}
