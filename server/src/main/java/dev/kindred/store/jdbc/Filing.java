package dev.kindred.store.jdbc;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Files interactions under their entities, many at once and some time after they were recorded.
 *
 * <p>An entry goes where its entity's are, and those of any two interactions are far from each
 * other. Made one by one they cost as much as all else that an interaction costs; made in order, as
 * many as share a page are made together. Whoever asks for an entity's interactions looks through
 * those that are not filed yet, so it is the same whenever this happens, and in however many steps.
 *
 * <p>Every entry has its interaction: it is made from that, and a trigger removes both together. So
 * it may be begun again after a crash, and done by two programs at once. Safe for any number of
 * threads.
 */
final class Filing {

  /** Whoever writes waits for no more than this. */
  private static final int ROWS_AT_ONCE = 2_000;

  private static final String UNFILED =
      """
      select position from interactions where position > ? and position <= ?
      order by tenant, entity, at, position
      """;

  // The join goes from left to right, so that entries are made in the order that is given.
  private static final String FILE =
      """
      insert into interactions_filed (tenant, entity, at, position)
      select i.tenant, i.entity, i.at, i.position
      from json_each(?) wanted cross join interactions i on i.position = wanted.value
      where true
      on conflict do nothing
      """;

  private static final String FILE_ALL =
      """
      insert into interactions_filed (tenant, entity, at, position)
      select tenant, entity, at, position from interactions where position > ? and position <= ?
      order by tenant, entity, at, position
      on conflict do nothing
      """;

  private final Database database;
  private final boolean inBulk;
  private final ReentrantLock filing = new ReentrantLock();

  Filing(Database database) {
    this(database, false);
  }

  private Filing(Database database, boolean inBulk) {
    this.database = database;
    this.inBulk = inBulk;
  }

  /**
   * For a program that does nothing but write: all of what is filed in one go is one transaction,
   * which takes less than half of the work.
   */
  static Filing inBulk(Database database) {
    return new Filing(database, true);
  }

  /** Up to which position all interactions are filed. */
  long position() {
    return database.read(session -> session.number("select position from filing"));
  }

  /** Up to which position there is anything to file. */
  long head() {
    return database.read(session -> session.number("select position from log_head"));
  }

  /**
   * Files what comes next in the log.
   *
   * @param positions at most so many of the log's lines are looked at
   * @return up to which position all interactions are filed now
   */
  long file(int positions) {
    filing.lock();
    try {
      long after = position();
      long end = Math.min(head(), after + positions);
      if (end <= after) return after;
      if (!inBulk) fileInSteps(after, end);
      database.write(session -> {
        if (inBulk) session.update(FILE_ALL, after, end);
        return session.update("update filing set position = ? where position < ?", end, end);
      });
      return end;
    } finally {
      filing.unlock();
    }
  }

  private void fileInSteps(long after, long end) {
    List<Long> unfiled =
        database.read(session -> session.list(UNFILED, row -> row.getLong(1), after, end));
    for (int i = 0; i < unfiled.size(); i += ROWS_AT_ONCE) {
      List<Long> next = unfiled.subList(i, Math.min(i + ROWS_AT_ONCE, unfiled.size()));
      database.write(session -> session.update(FILE, session.numbers(next)));
    }
  }
}
