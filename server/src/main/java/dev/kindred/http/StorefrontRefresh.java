package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Conflict;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Job;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Has a shop's recommendations refreshed by hand. */
final class StorefrontRefresh {

  /** As long as the earlier system let callers wait; who wants to wait longer asks for the job. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final JobWait wait;
  private final BiFunction<String, TenantId, Outcome> start;

  /**
   * @param start begins a job of a kind, for a tenant
   */
  StorefrontRefresh(JobWait wait, BiFunction<String, TenantId, Outcome> start) {
    this.wait = wait;
    this.start = start;
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (Work work : Work.values()) {
      routes.add(
          Route.post("/admin/" + work.path(), SERVER, work.summary, it -> refresh(it, work))
              .with(Route.Trait.WRONG_IS_422));
    }
    return routes;
  }

  private Answer refresh(Exchange exchange, Work work) throws InterruptedException {
    boolean waits = exchange.query().one("wait").map("true"::equals).orElse(false);
    TenantId tenant = exchange.tenant();
    Outcome outcome = start.apply(work.kind, tenant);
    if (outcome instanceof Outcome.Refused(var reason)) throw reason;
    Job started = ((Outcome.JobStored) outcome).job();
    if (!waits) return accepted(work, "begun", started);
    return answer(
        work,
        wait.await(tenant, started.id(), PATIENCE)
            .orElseThrow(() -> NotFound.of("job", started.id())));
  }

  private static Answer answer(Work work, Job job) {
    return switch (job.state()) {
      case QUEUED, RUNNING -> accepted(work, "goes on", job);
      case COMPLETED -> Answer.ok(json("completed", work, "done", job));
      case CANCELLED ->
          throw new Conflict(work.summary + ": job " + job.id() + " was cancelled meanwhile");
      case PARTIALLY_COMPLETED, FAILED ->
          throw new KindredException(
              ErrorCode.INTERNAL_ERROR,
              work.summary + " failed, job " + job.id() + ": " + why(job));
    };
  }

  private static String why(Job job) {
    return job.errors().isEmpty() ? job.state().word() : job.errors().getLast().error();
  }

  private static Answer accepted(Work work, String how, Job job) {
    return Answer.accepted(json("accepted", work, how, job), "/api/v1/jobs/" + job.id());
  }

  private static byte[] json(String status, Work work, String how, Job job) {
    return new JsonWriter(128)
        .beginObject()
        .field("status", status)
        .field("message", work.summary + ": " + how)
        .field("job_id", job.id())
        .endObject()
        .toByteArray();
  }

  /** What people may have done by hand. */
  private enum Work {
    REFRESH_POPULAR_ITEMS("popular_items", "Counts what is popular with whom"),
    UPDATE_USER_PROFILES("user_profiles", "Brings visitors' profiles up to date"),
    REFRESH_SIMILARITIES("similarities", "Learns who and what is alike"),
    FULL_SYNC("full_sync", "Compares everything with the main database");

    /** Which job does it. */
    private final String kind;

    private final String summary;

    Work(String kind, String summary) {
      this.kind = kind;
      this.summary = summary;
    }

    private String path() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
