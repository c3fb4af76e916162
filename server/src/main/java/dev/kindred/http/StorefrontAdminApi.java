package dev.kindred.http;

import static dev.kindred.http.Access.SERVER;

import dev.kindred.domain.Job;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.Shelf;
import dev.kindred.learn.Tallies;
import dev.kindred.recommend.Storefront;
import dev.kindred.store.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How a shop's recommendations are. */
final class StorefrontAdminApi {

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
  private final Learning learning;
  private final Storefront storefront;
  private final Setup setup;

  StorefrontAdminApi(Jobs jobs, Learning learning, Storefront storefront, Setup setup) {
    this.jobs = jobs;
    this.learning = learning;
    this.storefront = storefront;
    this.setup = setup;
  }

  List<Route> routes() {
    return List.of(Route.get("/stats", SERVER, "How the shop's recommendations are", this::stats));
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
}
