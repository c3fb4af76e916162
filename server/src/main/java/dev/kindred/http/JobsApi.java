package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Store;
import java.time.InstantSource;
import java.util.List;

/** Work that goes on after the answer: how far it is, and stopping it. */
final class JobsApi {

  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MAX = 1_000;

  private final Store store;
  private final Writes writes;
  private final InstantSource clock;

  JobsApi(Store store, Writes writes, InstantSource clock) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
  }

  List<Route> routes() {
    String one = "/api/v1/jobs/{job_id}";
    return List.of(
        Route.get("/api/v1/jobs", SERVER, "Lists the newest jobs", this::list),
        Route.get(one, SERVER, "How far a job is", this::get),
        Route.delete(one, SERVER, "Cancels a job", this::cancel));
  }

  private Answer list(Exchange exchange) {
    int limit = exchange.query().number("limit", PAGE_DEFAULT, 1, PAGE_MAX);
    var writer = new JsonWriter(4 << 10).beginObject().name("jobs").beginArray();
    for (Job job : store.jobs().newest(exchange.tenant(), limit)) {
      writer.beginObject();
      JobShape.writeMembers(writer, job);
      writer.endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private Answer get(Exchange exchange) {
    String id = exchange.path("job_id");
    Job job = store.jobs().find(exchange.tenant(), id).orElseThrow(() -> NotFound.of("job", id));
    return Answer.ok(JobShape.write(job));
  }

  private Answer cancel(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    var change = new Change.CancelJob(exchange.path("job_id"), clock.instant());
    return writes.keep(
        exchange,
        tenant,
        change,
        outcome -> {
          var stored = (Outcome.JobStored) outcome;
          return Answer.ok(JobShape.write(stored.job(), stored.position())).at(stored.position());
        });
  }
}
