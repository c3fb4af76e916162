package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job writes batch after batch about many users while these are being erased by another replica:
 * whichever comes first, nobody who was erased is there in the end.
 */
@Tag(TestServices.TAG)
@Timeout(120)
final class ErasureRaceTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final int USERS = 40;

  /** So many more are written when the last user has been erased. */
  private static final int BATCHES_AFTER = 3;

  private static final int BATCHES_MAX = 5_000;
  private static final Progress NOTHING = new Progress(0, 0, 0, 0, List.of());

  private final SettableClock clock = SettableClock.atNoon();

  @ParameterizedTest
  @EnumSource
  void nobody_who_was_erased_while_a_job_wrote_about_them_is_there_in_the_end(
      TestDatabase.Kind kind) throws Exception {
    long seed = new SplittableRandom().nextLong();
    try (TestDatabase database = kind.make();
        JdbcStore writes = database.open(clock);
        JdbcStore erases = kind == TestDatabase.Kind.SQLITE ? writes : database.open(clock);
        var threads = Executors.newFixedThreadPool(2)) {
      append(writes, new Change.StartJob(new Job.Draft("import", "bulk", new byte[] {1})));
      var _ = writes.jobs().take("me", List.of("bulk"), clock.instant(), Duration.ofHours(1));
      Future<?> erasing = threads.submit(() -> eraseHalf(erases, seed));
      int batches = threads.submit(() -> write(writes, erasing)).get();
      erasing.get();

      var survivors = new ArrayList<String>();
      for (int user = 0; user < USERS / 2; user++) {
        if (writes.tenant(SHOP).users().find(id(user)).isPresent()) survivors.add("u" + user);
      }
      assertThat(survivors).as("erased and there again, seed %d", seed).isEmpty();
      for (int user = USERS / 2; user < USERS; user++) {
        assertThat(
                writes
                    .tenant(SHOP)
                    .interactions()
                    .ofUser(id(user), new Page(BATCHES_MAX, 0, Optional.empty())))
            .as("everything of somebody else")
            .hasSize(batches);
      }
      writes.jobs().finish("me", "import", State.COMPLETED, NOTHING, clock.instant());
      assertThat(remembered(database)).as("remembered after the job").isZero();
    }
  }

  /** Writes on until everybody was erased who is to be, and returns how many batches that took. */
  private int write(JdbcStore store, Future<?> erasing) {
    int after = 0;
    int batch = 0;
    for (; after < BATCHES_AFTER && batch < BATCHES_MAX; batch++) {
      if (erasing.isDone()) after++;
      var changes = new ArrayList<Change>();
      for (int user = 0; user < USERS; user++) changes.add(deed(user, batch));
      var submission = new Submission(SHOP, changes, Optional.empty(), Optional.of("import"));
      var _ = store.log().append(List.of(submission));
    }
    return batch;
  }

  /** Erases the first half of the users, each at some moment while the other thread writes. */
  private static void eraseHalf(JdbcStore store, long seed) {
    var random = new SplittableRandom(seed);
    for (int user = 0; user < USERS / 2; ) {
      boolean isErased =
          append(store, new Change.EraseUser(id(user))) instanceof Outcome.UserErased;
      if (isErased) user++;
      for (int pause = random.nextInt(50); pause > 0; pause--) Thread.onSpinWait();
    }
  }

  private Change deed(int user, int batch) {
    return new Change.RecordInteraction(
        new Interaction(
            id(user),
            EntityKey.of("product", "p" + batch).asRef(),
            "view",
            OptionalDouble.empty(),
            JsonObject.EMPTY,
            clock.now(),
            false,
            Optional.empty(),
            Optional.empty()));
  }

  private static UserId id(int user) {
    return new UserId("u" + user);
  }

  private static Outcome append(JdbcStore store, Change change) {
    return store
        .log()
        .append(List.of(Submission.of(SHOP, change)))
        .getFirst()
        .outcomes()
        .getFirst();
  }

  private static int remembered(TestDatabase database) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from users_erased")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
