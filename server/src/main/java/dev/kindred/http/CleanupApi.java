package dev.kindred.http;

import static dev.kindred.http.Access.ADMIN;

import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.Outcome;
import dev.kindred.measure.behaviour.Cleanup;
import java.util.List;
import java.util.function.Supplier;

/** Has behaviours taken out that are older than they are to be kept. */
final class CleanupApi {

  private final Writes writes;
  private final Supplier<String> jobIds;

  CleanupApi(Writes writes, Supplier<String> jobIds) {
    this.writes = writes;
    this.jobIds = jobIds;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/api/v1/admin/cleanup", ADMIN, "Takes out behaviours that are too old", this::start));
  }

  private Answer start(Exchange exchange) {
    var job = new Job.Draft(jobIds.get(), Cleanup.JOB, new byte[0]);
    return writes.keep(
        exchange,
        exchange.tenant(),
        new Change.StartJob(job),
        outcome -> {
          var stored = (Outcome.JobStored) outcome;
          byte[] json = JobShape.write(stored.job(), stored.position());
          return Answer.accepted(json, "/api/v1/jobs/" + job.id()).at(stored.position());
        });
  }
}
