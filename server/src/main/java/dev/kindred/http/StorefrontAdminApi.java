package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Job;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.Tallies;
import dev.kindred.recommend.Storefront;
import dev.kindred.store.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How a shop's recommendations are, and having them refreshed by hand. */
final class StorefrontAdminApi {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int JOBS_SHOWN = 10;

  /**
   * What is shown of how it is set up.
   *
   * @param redis whether Redis answers; false where there is none
   * @param following writes how far the main database is followed, where there is one
   */
  record Setup(
      String version,
      int similarUsers,
      StorefrontBody.Sizes sizes,
      Duration popularEvery,
      BooleanSupplier redis,
      Consumer<JsonWriter> following) {}

  private final Jobs jobs;
  private final JobWait wait;
  private final BiFunction<String, TenantId, Outcome> start;
  private final Learning learning;
  private final Storefront storefront;
  private final Setup setup;

  /**
   * @param start begins a job of a kind, for a tenant
   */
  StorefrontAdminApi(
      Jobs jobs,
      JobWait wait,
      BiFunction<String, TenantId, Outcome> start,
      Learning learning,
      Storefront storefront,
      Setup setup) {
    this.jobs = jobs;
    this.wait = wait;
    this.start = start;
    this.learning = learning;
    this.storefront = storefront;
    this.setup = setup;
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(Route.get("/stats", SERVER, "How the shop's recommendations are", this::stats));
    for (StorefrontJob job : StorefrontJob.values()) {
      routes.add(
          Route.post("/admin/" + job.path(), SERVER, job.summary(), it -> refresh(it, job))
              .with(Route.Trait.WRONG_IS_422));
    }
    return routes;
  }

  private Answer refresh(Exchange exchange, StorefrontJob job) throws InterruptedException {
    boolean waits = exchange.query().one("wait").map("true"::equals).orElse(false);
    TenantId tenant = exchange.tenant();
    Outcome outcome = start.apply(job.kind(), tenant);
    if (outcome instanceof Outcome.Refused(var reason)) throw reason;
    Job started = ((Outcome.JobStored) outcome).job();
    if (!waits) {
      return Answer.accepted(
          answer("accepted", job.summary() + ": begun", started.id()),
          "/api/v1/jobs/" + started.id());
    }
    Job done = wait.await(tenant, started.id(), PATIENCE).orElseThrow();
    if (done.state() == Job.State.COMPLETED) {
      return Answer.ok(answer("completed", job.summary() + ": done", done.id()));
    }
    String why = done.errors().isEmpty() ? done.state().word() : done.errors().getLast().error();
    throw new KindredException(
        ErrorCode.INTERNAL_ERROR, job.summary() + " failed, job " + done.id() + ": " + why);
  }

  private static byte[] answer(String status, String message, String jobId) {
    return new JsonWriter(128)
        .beginObject()
        .field("status", status)
        .field("message", message)
        .field("job_id", jobId)
        .endObject()
        .toByteArray();
  }

  private Answer stats(Exchange exchange) {
    TenantId id = exchange.tenant();
    LiveTenant tenant = learning.tenant(id);
    var writer = new JsonWriter(2 << 10).beginObject();
    writer.field("service", "kindred").field("version", setup.version());
    tenant.read(() -> {
      counts(writer, tenant);
      return true;
    });
    cache(writer);
    writer.name("configuration").beginObject();
    writer.field("max_similar_users", setup.similarUsers());
    writer.field("default_page_size", setup.sizes().usual());
    writer.field("max_page_size", setup.sizes().most());
    writer.field("popular_items_refresh_minutes", setup.popularEvery().toMinutes()).endObject();
    writer.name("jobs").beginArray();
    for (Job job : jobs.newest(id, JOBS_SHOWN)) {
      writer.beginObject();
      JobShape.writeMembers(writer, job);
      writer.endObject();
    }
    return Answer.ok(writer.endArray().endObject().toByteArray());
  }

  private void counts(JsonWriter writer, LiveTenant tenant) {
    Tallies tallies = tenant.tallies();
    int items = 0;
    int popular = 0;
    for (Shelf shelf : tenant.shelves()) {
      items += shelf.liveItems();
      popular += tenant.segments(shelf).items();
    }
    writer.name("main_database").beginObject().field("total_items", items);
    writer.field("total_likes", tallies.ofType(tenant.kinds().find("like")));
    writer.field("total_clicks", tallies.ofType(tenant.kinds().find("click")));
    writer.field("active_users", tallies.active());
    setup.following().accept(writer);
    writer.endObject();
    writer.name("recommendations_database").beginObject();
    writer.field("cached_popular_items", popular);
    writer.field("cached_user_profiles", tallies.active());
    writer.field("users_with_collaborative", tallies.known());
    writer.field("users_with_content_based", tallies.active() - tallies.known()).endObject();
  }

  private void cache(JsonWriter writer) {
    long hits = storefront.hits();
    long asked = hits + storefront.misses();
    writer.name("cache_info").beginObject();
    writer.field("redis_connected", setup.redis().getAsBoolean());
    writer.field("hits", hits).field("misses", storefront.misses());
    writer.name("hit_rate").number(asked == 0 ? 0 : Math.round(1e4 * hits / asked) / 1e4);
    writer.endObject();
  }

  /** The jobs that people may begin by hand. */
  enum StorefrontJob {
    REFRESH_POPULAR_ITEMS("popular_items", "Counts what is popular with whom"),
    UPDATE_USER_PROFILES("user_profiles", "Brings visitors' profiles up to date"),
    REFRESH_SIMILARITIES("similarities", "Learns who and what is alike"),
    FULL_SYNC("full_sync", "Compares everything with the main database");

    private final String kind;
    private final String summary;

    StorefrontJob(String kind, String summary) {
      this.kind = kind;
      this.summary = summary;
    }

    String kind() {
      return kind;
    }

    String summary() {
      return summary;
    }

    String path() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
