package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job was given may be about people, and is kept no longer than the job needs it. */
@Tag(TestServices.TAG)
final class JobPayloadTest {

  private static final TenantId SHOP = new TenantId("shop");

  private final SettableClock clock = SettableClock.atNoon();

  @ParameterizedTest
  @EnumSource
  void a_job_that_has_ended_remembers_nothing_of_what_it_was_given(TestDatabase.Kind kind)
      throws SQLException {
    try (TestDatabase database = kind.make();
        JdbcStore store = database.open(clock)) {
      start(store, "done");
      start(store, "cancelled");
      start(store, "waiting");
      store.jobs().take("me", List.of("import"), clock.instant(), Duration.ofMinutes(1));
      store.jobs().finish("me", "done", State.COMPLETED, progress(), clock.instant());
      append(store, new Change.CancelJob("cancelled", clock.instant()));

      assertThat(jobsWithPayload(database)).isEqualTo("waiting");
    }
  }

  private static String jobsWithPayload(TestDatabase database) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select job_id from jobs where payload is not null")) {
      var found = new StringBuilder();
      while (rows.next()) found.append(rows.getString(1));
      return found.toString();
    }
  }

  private static Progress progress() {
    return new Progress(1, 1, 1, 0, List.of());
  }

  private static void start(JdbcStore store, String jobId) {
    append(store, new Change.StartJob(new Job.Draft(jobId, "import", new byte[] {1, 2, 3})));
  }

  private static void append(JdbcStore store, Change change) {
    store.log().append(List.of(Submission.of(SHOP, change)));
  }
}
