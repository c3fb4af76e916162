package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Change;
import dev.kindred.domain.Job;
import dev.kindred.domain.ModelRecord;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.ShownLists;
import dev.kindred.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Models: which there are, why those are in force, and making them anew by hand. */
final class ModelsApi {
  private static final int MODELS_MAX = 50;

  /** Less than proxies usually wait; a caller who wants to wait longer asks for the job. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private final Store store;
  private final Writes writes;
  private final Supplier<String> jobIds;
  private final JobWait wait;

  ModelsApi(Store store, Writes writes, Supplier<String> jobIds, JobWait wait) {
    this.store = store;
    this.writes = writes;
    this.jobIds = jobIds;
    this.wait = wait;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/models", SERVER, "Lists the newest models", this::list),
        Route.get("/api/v1/models/{name}", SERVER, "What a model was chosen for", this::get),
        Route.post(
            "/api/v1/admin/rebuild",
            SERVER,
            "Makes the models anew",
            exchange -> start(exchange, "rebuild")),
        Route.post(
            "/api/v1/admin/refresh",
            SERVER,
            "Brings what models cannot know yet up to date",
            exchange -> start(exchange, "refresh")));
  }

  private Answer list(Exchange exchange) {
    var writer = new JsonWriter().beginObject().name("models").beginArray();
    for (ModelRecord model : store.models().newest(exchange.tenant(), MODELS_MAX)) {
      writer.beginObject();
      writeMembers(writer, model);
      writer.endObject();
    }
    writer.endArray().name("shown").beginArray();
    for (ShownLists.Tally tally : store.tenant(exchange.tenant()).shown().tallies()) {
      writer.beginObject().field("algorithm", tally.algorithm());
      writer.field("lists", tally.shown()).field("followed", tally.followed());
      writer.name("share").number((double) tally.followed() / tally.shown()).endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private Answer get(Exchange exchange) {
    String name = exchange.path("name");
    ModelRecord model =
        store.models().find(exchange.tenant(), name).orElseThrow(() -> NotFound.of("model", name));
    var writer = new JsonWriter().beginObject();
    writeMembers(writer, model);
    writer.field("report", model.report());
    return Answer.ok(writer.endObject().toByteArray());
  }

  private static void writeMembers(JsonWriter writer, ModelRecord model) {
    writer.field("name", model.name()).field("entity_type", model.type());
    writer.field("position", model.position()).field("in_force", model.isInForce());
    writer.field("outcome", outcome(model));
    writer.field("started_at", model.startedAt()).field("ended_at", model.endedAt());
  }

  private static String outcome(ModelRecord model) {
    if (model.name().isEmpty()) return "too little to learn from";
    return model.isInForce() ? "in force" : "not in force";
  }

  private Answer start(Exchange exchange, String kind) {
    TenantId tenant = exchange.tenant();
    var job = new Job.Draft(jobIds.get(), kind, new byte[0]);
    boolean waits = exchange.query().flag("wait", false);
    Answer accepted =
        writes.keep(
            exchange,
            tenant,
            new Change.StartJob(job),
            outcome -> {
              var stored = (Outcome.JobStored) outcome;
              byte[] json = JobShape.write(stored.job(), stored.position());
              return Answer.accepted(json, "/api/v1/jobs/" + job.id()).at(stored.position());
            });
    return waits ? ended(tenant, job.id()).orElse(accepted) : accepted;
  }

  private Optional<Answer> ended(TenantId tenant, String jobId) {
    try {
      return wait.await(tenant, jobId, PATIENCE).map(ModelsApi::answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Answer answer(Job job) {
    byte[] json = JobShape.write(job);
    return job.state().isFinal()
        ? Answer.ok(json)
        : Answer.accepted(json, "/api/v1/jobs/" + job.id());
  }
}
