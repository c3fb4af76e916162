package dev.kindred.store.jdbc;

import dev.kindred.domain.Event;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.store.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log in the database.
 *
 * <p>An append is one transaction that first locks the head of the log, so that appends of all
 * replicas come one after the other; those of this process wait for each other here rather than
 * there. A connection may be lost while it commits: nobody knows then whether the commit happened.
 * Therefore each append leaves its number in this writer's row, and after such a loss the next try
 * looks there first, when the lock tells it that the lost one has ended.
 */
final class JdbcEventLog implements EventLog {

  /** Stands in the column of kinds for the head of the log. */
  private static final int HEAD = -1;

  /** Stands before an interaction that was sent again, and says what it counted at first. */
  private static final int AT_FIRST = -2;

  /** So many appends pay for a hope that was disappointed, so that it hardly costs anything. */
  private static final int DOUBTFUL_AFTER_A_REFUSAL = 64;

  private static final Duration WRITERS_KEPT = Duration.ofDays(30);

  private static final String READ =
      """
      select position, 0 as kind, tenant, "user" as subject, entity, type, weight, at as other,
        measures, null as weight_before, null as measures_before
      from interactions where position > ? and position <= ?
      union all
      select position, kind, tenant, subject, entity, type, weight, original,
        measures, weight_before, measures_before
      from events where position > ? and position <= ?
      union all
      select original, -2, tenant, subject, entity, type, weight_before, position,
        measures_before, null, null
      from events where kind = 1 and original > ? and original <= ?
      union all
      select position, -1, 0, 0, 0, 0, null, 0, null, null, null from log_head
      order by position, kind, other
      """;

  private final Database database;
  private final InstantSource clock;
  private final VectorKeeper vectors;
  private final long writer;

  /** Null where the database keeps an index for what is filed elsewhere. */
  private final @Nullable FilingRounds filing;

  private final ReentrantLock appending = new ReentrantLock();

  // The following belong to whoever holds the lock.
  private final Numbers numbers = new Numbers();
  private final KeptStatements statements = new KeptStatements();

  /** How many more appends look for rows that are there, before the next hopes for none. */
  private int doubtful;

  private long newestAppend;

  /** Where the newest commit of this process has left the end of the log. */
  private volatile long committed;

  /** Held by whoever makes commits durable; those who come meanwhile find theirs done, mostly. */
  private final ReentrantLock settling = new ReentrantLock();

  /** Up to here the log is durable, as far as this process knows. */
  private volatile long settled;

  /**
   * @param writer tells this writer from all others that ever were
   */
  JdbcEventLog(
      Database database,
      VectorKeeper vectors,
      InstantSource clock,
      long writer,
      @Nullable FilingRounds filing) {
    this.database = database;
    this.vectors = vectors;
    this.clock = clock;
    this.writer = writer;
    this.filing = filing;
  }

  @Override
  public Appended extend(List<Submission> submissions) {
    Appended appended = extendAhead(submissions);
    settle(appended.position());
    return appended;
  }

  @Override
  public void settle(long position) {
    if (position <= settled || !database.commitsAhead()) return;
    settling.lock();
    try {
      if (position <= settled) return;
      // What was committed meanwhile is settled together with it.
      long end = Math.max(position, committed);
      database.settle();
      settled = end;
    } finally {
      settling.unlock();
    }
  }

  @Override
  public List<Receipt> append(List<Submission> submissions) {
    Appended appended = extendAhead(submissions, false);
    settle(appended.position());
    return appended.receipts();
  }

  @Override
  public Appended extendAhead(List<Submission> submissions) {
    return extendAhead(submissions, true);
  }

  private Appended extendAhead(List<Submission> submissions, boolean eventsAreWanted) {
    if (submissions.isEmpty()) return new Appended(List.of(), 0, 0, List.of());
    appending.lock();
    try {
      if (filing != null) filing.makeRoom();
      newestAppend++;
      var tries = new Tries(submissions, eventsAreWanted);
      Appended appended = database.retry().run(tries::next);
      if (filing != null) filing.added(appended.position());
      return appended;
    } finally {
      appending.unlock();
    }
  }

  @Override
  public long head() {
    return database.read(session -> session.number("select position from log_head"));
  }

  @Override
  public long read(long after, int limit, Consumer<Event> reader) {
    // Positions have no gaps, so a stretch of them holds at most as many events.
    long last = after + limit;
    var events = new ArrayList<Event>();
    long head =
        database.read(session -> {
          events.clear();
          long[] newest = new long[1];
          var atFirst = new HashMap<Long, Event.Counted>();
          session.each(
              READ,
              row -> {
                switch (row.getInt(2)) {
                  case HEAD -> newest[0] = row.getLong(1);
                  case AT_FIRST -> atFirst.putIfAbsent(row.getLong(1), EventRow.counted(row, 7, 9));
                  default -> events.add(EventRow.read(row, atFirst));
                }
              },
              after,
              last,
              after,
              last,
              after,
              last);
          return newest[0];
        });
    // What others have committed may be on its way to the disk, too.
    settle(head);
    events.forEach(reader);
    return Math.max(after, Math.min(head, last));
  }

  /** How an append deals with rows that the database may refuse. */
  private enum Mode {
    /** Such rows are rare: it hopes that there are none, which saves the database half the work. */
    HOPEFUL,
    /** Interactions that are there already are found. */
    LOOKING,
    /** Whatever the database refuses is found. */
    CAREFUL
  }

  /** One append, tried until it succeeds. */
  private final class Tries {
    private final List<Submission> submissions;
    private final boolean eventsAreWanted;
    private Mode mode = firstMode();

    /** What to answer if the last commit, of which nothing was heard, did happen. */
    private @Nullable Appended committing;

    Tries(List<Submission> submissions, boolean eventsAreWanted) {
      this.submissions = submissions;
      this.eventsAreWanted = eventsAreWanted;
    }

    Appended next(int tries) throws SQLException {
      try {
        return once();
      } catch (SQLException e) {
        boolean isRefusal = database.dialect().isRefusal(e);
        if (isRefusal && mode == Mode.HOPEFUL) {
          numbers.rollBack();
          doubtful = DOUBTFUL_AFTER_A_REFUSAL;
          mode = Mode.LOOKING;
          return next(tries);
        }
        numbers.clear();
        statements.forget();
        if (!isRefusal || mode == Mode.CAREFUL) throw e;
        mode = Mode.CAREFUL;
        return next(tries);
      } catch (RuntimeException e) {
        numbers.clear();
        statements.forget();
        throw e;
      }
    }

    private Appended once() throws SQLException {
      try (Connection connection = database.writing()) {
        Dialect dialect = database.dialect();
        var session = new Session(connection, dialect, dialect.isRemote() ? null : statements);
        return database.inTransaction(session, _ -> append(session, connection));
      }
    }

    private Appended append(Session session, Connection connection) throws SQLException {
      Head head = Head.lock(session);
      Appended lost = committing;
      if (lost != null && newestCommitted(session) == newestAppend) {
        connection.rollback();
        return lost;
      }
      numbers.catchUp(session, head.position());
      long now = Micros.of(clock.instant());
      var events = new NewEvents(eventsAreWanted);
      var appending =
          new Appending(session, head, numbers, vectors, events, mode == Mode.HOPEFUL, now);
      var receipts = new ArrayList<Receipt>(submissions.size());
      boolean remembers = false;
      for (List<Submission> part : Append.parts(submissions)) {
        var append = new Append(appending, part);
        receipts.addAll(append.run(mode == Mode.CAREFUL));
        remembers |= append.remembers();
      }
      if (!remembers && !head.hasMoved()) {
        connection.rollback();
        numbers.rollBack();
        return new Appended(receipts, head.before(), head.before(), List.of());
      }
      head.store(session);
      storeNewest(session, now);
      var appended = new Appended(receipts, head.before(), head.position(), events.inOrder());
      committing = appended;
      session.commit();
      committed = head.position();
      // An answer that is remembered takes no position that somebody could wait for.
      if (!head.hasMoved()) database.settle();
      numbers.commit(head.position());
      return appended;
    }
  }

  private Mode firstMode() {
    if (doubtful > 0) doubtful--;
    return database.dialect().isRemote() && doubtful == 0 ? Mode.HOPEFUL : Mode.LOOKING;
  }

  /** Removes the rows of writers that are long gone. */
  void pruneWriters() {
    long longAgo = Micros.of(clock.instant().minus(WRITERS_KEPT));
    database.write(session -> session.update("delete from writers where seen < ?", longAgo));
  }

  private long newestCommitted(Session session) throws SQLException {
    return session
        .first("select batch from writers where writer = ?", row -> row.getLong(1), writer)
        .orElse(0L);
  }

  private void storeNewest(Session session, long now) throws SQLException {
    session.later(
        """
        insert into writers (writer, batch, seen) values (?, ?, ?)
        on conflict (writer) do update set batch = excluded.batch, seen = excluded.seen
        """,
        writer,
        newestAppend,
        now);
  }
}
