package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Once;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  @ParameterizedTest
  @EnumSource
  void what_a_job_says_of_an_erased_user_is_refused_without_writing_down_who_it_was(
      TestDatabase.Kind kind) throws SQLException {
    try (TestDatabase database = kind.make();
        JdbcStore store = database.open(clock)) {
      var ann = new UserId("ann");
      append(store, new Change.PutUser(ann, JsonObject.EMPTY));
      start(store, "job");
      append(store, new Change.EraseUser(ann));
      var answer = RememberedAnswer.ofRows("hash", new byte[] {'1'}, true);
      var batch =
          new Submission(
              SHOP,
              List.of(new Change.PutUser(ann, JsonObject.EMPTY)),
              Optional.of(new Once("batch", "hash", _ -> answer)),
              Optional.of("job"));
      var receipt = store.log().append(List.of(batch)).getFirst();

      assertThat(receipt.outcomes()).hasOnlyElementsOfType(Outcome.Refused.class);
      assertThat(store.tenant(SHOP).answers().find("batch")).isPresent();
      assertThat(texts(database, "select user_id from answers where user_id is not null"))
          .isEmpty();
    }
  }

  private static String jobsWithPayload(TestDatabase database) throws SQLException {
    return texts(database, "select job_id from jobs where payload is not null");
  }

  private static String texts(TestDatabase database, String query) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
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
