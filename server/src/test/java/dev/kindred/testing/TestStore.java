package dev.kindred.testing;

import dev.kindred.store.Store;
import dev.kindred.store.jdbc.TestDatabase;
import dev.kindred.store.memory.MemoryStore;
import java.time.Clock;
import java.util.function.Function;

/**
 * A place for a store of a test's own, of one kind, gone when it is closed.
 *
 * @param opening opens the store there, as one replica would
 */
public record TestStore(Function<Clock, Store> opening, Runnable removal) implements AutoCloseable {

  public static TestStore memory() {
    return new TestStore(MemoryStore::new, () -> {});
  }

  public static TestStore sqlite() {
    return in(TestDatabase.sqlite());
  }

  /** Needs {@link dev.kindred.TestServices#databaseUrl}. */
  public static TestStore postgresql() {
    return in(TestDatabase.postgresql());
  }

  private static TestStore in(TestDatabase database) {
    return new TestStore(database::open, database::close);
  }

  public Store open(Clock clock) {
    return opening.apply(clock);
  }

  @Override
  public void close() {
    removal.run();
  }
}
