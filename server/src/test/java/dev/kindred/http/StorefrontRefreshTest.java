package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.Job.Problem;
import dev.kindred.domain.Job.State;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Jobs.Progress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting for a refresh: nobody works on it here but the test, and time goes fast. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test.
final class StorefrontRefreshTest {

  private static final Duration A_LOOK = Duration.ofMinutes(2);
  private static final Progress NOTHING = new Progress(0, 0, 0, 0, List.of());

  private TestServer test;

  /** What becomes of the job before somebody looks at it. */
  private Consumer<String> fate = _ -> {};

  @BeforeEach
  void start() {
    test = TestServer.closed(settings -> settings);
    test.server.start();
    var wait =
        new JobWait(
            test.store.jobs(),
            () -> {
              test.clock.advance(A_LOOK);
              return test.clock.instant();
            });
    test.open(new StorefrontRefresh(wait, this::begin).routes());
  }

  @AfterEach
  void close() {
    test.close();
  }

  private Outcome begin(String kind, TenantId tenant) {
    Outcome started =
        test.append(new Change.StartJob(new Job.Draft("job-1", kind, new byte[0]))).getFirst();
    fate.accept("job-1");
    return started;
  }

  @Test
  void one_that_outlasts_the_patience_is_answered_with_the_job_to_ask_for() throws Exception {
    HttpResponse<String> answer = refresh("?wait=true");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).contains("/api/v1/jobs/job-1");
    assertThat(answer.body())
        .contains("\"status\":\"accepted\"", "goes on", "\"job_id\":\"job-1\"");
  }

  @Test
  void one_that_is_done_in_time_is_answered_as_done() throws Exception {
    fate = id -> end(id, State.COMPLETED, NOTHING);

    HttpResponse<String> answer = refresh("?wait=true");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"completed\"");
  }

  @Test
  void one_that_failed_says_why() throws Exception {
    var problem = new Problem(-1, "", "", "the main database is out of reach");
    fate = id -> end(id, State.FAILED, new Progress(0, 0, 0, 0, List.of(problem)));

    HttpResponse<String> answer = refresh("?wait=true");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("the main database is out of reach", "job-1");
  }

  @Test
  void one_that_somebody_cancelled_is_no_failure_of_ours() throws Exception {
    fate = id -> test.append(new Change.CancelJob(id, test.clock.instant()));

    HttpResponse<String> answer = refresh("?wait=true");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body()).contains("job-1", "cancelled");
  }

  @Test
  void who_does_not_wait_hears_at_once_that_it_has_begun() throws Exception {
    HttpResponse<String> answer = refresh("");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"status\":\"accepted\"", "begun");
  }

  private void end(String id, State state, Progress last) {
    var _ =
        test.store
            .jobs()
            .take("me", List.of("full_sync"), test.clock.instant(), Duration.ofHours(1));
    test.store.jobs().finish("me", id, state, last, test.clock.instant());
  }

  private HttpResponse<String> refresh(String query) throws Exception {
    return test.send(test.to("/admin/full-sync" + query).POST(BodyPublishers.noBody()));
  }
}
