package dev.kindred.measure.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.ExperimentDesign.AssignedBy;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.store.jdbc.JdbcSettings;
import dev.kindred.store.jdbc.JdbcStore;
import dev.kindred.testing.SettableClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumsCheckTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final long SEED = 11;

  private final SettableClock clock = SettableClock.atNoon();

  @TempDir private Path folder;

  @Test
  void sums_that_are_kept_are_those_of_the_log_and_wrong_ones_are_seen() throws SQLException {
    String url = "sqlite:" + folder.resolve("kindred.db");
    try (var store = JdbcStore.open(JdbcSettings.of(url), clock, new SplittableRandom(SEED))) {
      fill(store);
      SumsCheck.Result result = SumsCheck.of(store, SHOP);
      assertThat(result.differences()).isEmpty();
      assertThat(result.experiments()).isEqualTo(2);
      assertThat(result.users()).isGreaterThan(100);

      try (var connection = DriverManager.getConnection("jdbc:" + url);
          var statement = connection.createStatement()) {
        statement.executeUpdate("update converted_days set value = value + 1 where metric = 0");
        statement.executeUpdate("delete from exposed_days where experiment = 2");
      }
      SumsCheck.Result wrong = SumsCheck.of(store, SHOP);
      assertThat(wrong.different()).isGreaterThan(2);
      assertThat(wrong.differences())
          .anySatisfy(line -> assertThat(line).contains("'one'", "who converted by metric 0"))
          .anySatisfy(line -> assertThat(line).contains("'two'", "who came"));
    }
  }

  private void fill(JdbcStore store) {
    var random = new SplittableRandom(SEED);
    for (String name : List.of("one", "two")) {
      keep(store, new Change.CreateExperiment(name, design(), true));
    }
    for (int i = 0; i < 600; i++) {
      var user = new UserId("u" + random.nextInt(100));
      String name = random.nextBoolean() ? "one" : "two";
      if (random.nextInt(10) == 0) clock.advance(Duration.ofHours(7));
      Change change =
          switch (random.nextInt(20)) {
            case 0 -> new Change.EraseUser(user);
            case 1, 2, 3, 4, 5, 6, 7, 8 ->
                new Change.RecordExposure(name, user, Optional.empty(), clock.now());
            default ->
                new Change.RecordConversion(
                    name,
                    user,
                    random.nextBoolean() ? "click" : "sale",
                    random.nextInt(1_000) / 7.0,
                    clock.now());
          };
      keep(store, change);
    }
    for (int i = 0; i < 100; i++) {
      var user = new UserId("late" + i);
      keep(store, new Change.RecordExposure("one", user, Optional.empty(), clock.now()));
    }
  }

  /** A conversion of somebody who is not in it is refused, and an erasure of nobody. */
  private static void keep(JdbcStore store, Change change) {
    var _ = store.log().append(List.of(Submission.of(SHOP, change)));
  }

  private ExperimentDesign design() {
    return new ExperimentDesign(
        List.of(variant("control", 40), variant("other", 60)),
        List.of("click", "sale"),
        10,
        clock.now(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofDays(3),
        AssignedBy.KINDRED);
  }

  private static Variant variant(String name, double weight) {
    return new Variant(name, weight, JsonObject.EMPTY, false, Optional.empty());
  }
}
