package dev.kindred;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kindred.collect.GroupCommit;
import dev.kindred.config.Config;
import dev.kindred.domain.Conflict;
import dev.kindred.domain.EligibilityRule;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.follow.Mapping;
import dev.kindred.follow.Source;
import dev.kindred.http.RedisBuckets;
import dev.kindred.http.Route;
import dev.kindred.http.StorefrontRoutes;
import dev.kindred.jobs.GivesWay;
import dev.kindred.jobs.JobRun;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.jobs.Scheduler;
import dev.kindred.json.JsonWriter;
import dev.kindred.learn.Learning;
import dev.kindred.learn.LiveTenant;
import dev.kindred.learn.SegmentPlan;
import dev.kindred.learn.Shelf;
import dev.kindred.recommend.BuyerProfiles;
import dev.kindred.recommend.Storefront;
import dev.kindred.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A shop's own recommendation service, as part of the program: its routes and its jobs. */
final class Storefronts implements AutoCloseable {

  private static final long LIST_BYTES_KEPT = 16 << 20;
  private static final Duration PROFILES_EVERY = Duration.ofMinutes(30);
  private static final Duration SIMILARITIES_EVERY = Duration.ofHours(1);
  private static final Duration CLEAN_UP_EVERY = Duration.ofHours(6);

  private final Config config;
  private final Learning learning;
  private final Clock clock;
  private final Storefront storefront;
  private final BuyerProfiles profiles;
  private final Optional<Follows> follows;

  /** Learns beside the requests. */
  private final ExecutorService reckoning =
      Executors.newSingleThreadExecutor(new GivesWay("storefront"));

  // Null until jobs are looked after.
  private volatile @Nullable Scheduler scheduler;

  Storefronts(Config config, Learning learning, Optional<Follows> follows, Clock clock) {
    this.config = config;
    this.learning = learning;
    this.follows = follows;
    this.clock = clock;
    Config.Storefront said = config.storefront();
    this.storefront =
        new Storefront(
            2 * Runtime.getRuntime().availableProcessors(),
            new Storefront.Settings(
                LIST_BYTES_KEPT, said.similarUsers(), said.popularKept(), said.personalKept()),
            reckoning,
            Ticker.systemTicker());
    this.profiles = new BuyerProfiles(said.profilesKept(), Ticker.systemTicker());
  }

  /** Into which slices users fall, as the operator says. */
  static SegmentPlan segments(Config config) {
    return new SegmentPlan(
        config.storefront().segmentAttributes(),
        switch (config.storefront().counting()) {
          case ALL_TIME -> SegmentPlan.Counting.ALL_TIME;
          case LAST_90_DAYS -> SegmentPlan.Counting.LAST_90_DAYS;
        });
  }

  /**
   * @param redis the connection to Redis, where there is one
   */
  List<Route> routes(Store store, GroupCommit commit, Optional<RedisBuckets> redis) {
    Config.Storefront said = config.storefront();
    Optional<Source.Items> items = follows.map(Follows::mapping).flatMap(Mapping::items);
    var choices =
        new StorefrontRoutes.Choices(
            Version.text(),
            items.map(Source.Items::type).map(it -> new EntityType(it.value())),
            items.map(Source.Items::eligibleWhen).orElse(EligibilityRule.ALWAYS),
            said.usualPage(),
            said.mostPage(),
            said.similarUsers(),
            said.popularEvery());
    return new StorefrontRoutes(
            store,
            commit,
            learning,
            storefront,
            profiles,
            choices,
            () -> redis.map(RedisBuckets::isConnected).orElse(false),
            this::writeFollowing,
            this::start,
            clock)
        .routes();
  }

  private void writeFollowing(JsonWriter writer) {
    if (follows.isEmpty()) return;
    writer.name("following").beginObject();
    follows.get().state().write(writer);
    writer.endObject();
  }

  private Outcome start(String kind, TenantId tenant) {
    if (kind.equals(Follows.FULL_SYNC_JOB) && follows.isEmpty()) {
      return new Outcome.Refused(
          new Conflict("there is no main database to compare with: set MAIN_DATABASE_URL"));
    }
    Scheduler now = scheduler;
    if (now == null) throw Unavailable.starting();
    return now.start(kind, tenant);
  }

  void startThrough(Scheduler jobs) {
    scheduler = jobs;
  }

  Map<String, JobWork> works() {
    return Map.of(
        "popular_items", this::popular,
        "user_profiles", this::profiles,
        "similarities", this::similarities,
        "storefront_clean_up", run -> storefront.cleanUp());
  }

  List<Schedule> schedules() {
    if (follows.isEmpty()) return List.of();
    var tenant = new TenantId(config.tenancy().defaultTenant());
    return List.of(
        new Schedule("popular_items", config.storefront().popularEvery(), 0, () -> List.of(tenant)),
        new Schedule("similarities", SIMILARITIES_EVERY, 0, () -> List.of(tenant)),
        new Schedule("user_profiles", PROFILES_EVERY, 0, () -> List.of(tenant)),
        new Schedule("storefront_clean_up", CLEAN_UP_EVERY, 0, () -> List.of(tenant)));
  }

  /** What is counted when it happens grows old, and people say other things of themselves. */
  private void popular(JobRun run) {
    learning.tenant(run.job().tenant()).recountSegments(clock.millis() * 1_000, run::goOn);
    storefront.refreshPopular();
  }

  /** Profiles are made from what is in memory; what is counted beside them is checked. */
  private void profiles(JobRun run) {
    profiles.clear();
    learning.tenant(run.job().tenant()).recountTallies(run::goOn);
  }

  /** Other replicas learn by themselves, when somebody asks them. */
  private void similarities(JobRun run) {
    LiveTenant tenant = learning.tenant(run.job().tenant());
    for (Shelf shelf : List.copyOf(tenant.read(tenant::shelves))) {
      storefront.learn(tenant, shelf, run::goOn);
    }
  }

  @Override
  public void close() {
    reckoning.shutdownNow();
  }
}
