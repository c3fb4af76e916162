package dev.kindred;

import dev.kindred.collect.BulkIntake;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.EventClock;
import dev.kindred.collect.GroupCommit;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.Tail;
import dev.kindred.collect.features.TenantVectors;
import dev.kindred.collect.features.VectorUpkeep;
import dev.kindred.config.Config;
import dev.kindred.config.ConfigJson;
import dev.kindred.config.LiveConfig;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.http.Access;
import dev.kindred.http.Answer;
import dev.kindred.http.Api;
import dev.kindred.http.Backing;
import dev.kindred.http.Component;
import dev.kindred.http.Exchange;
import dev.kindred.http.Freshness;
import dev.kindred.http.HttpServer;
import dev.kindred.http.Lists;
import dev.kindred.http.Operations;
import dev.kindred.http.Operations.ShownReading;
import dev.kindred.http.Operations.ShownSetting;
import dev.kindred.http.RedisBuckets;
import dev.kindred.http.Route;
import dev.kindred.http.WidgetFiles;
import dev.kindred.jobs.JobRunner;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.jobs.Scheduler;
import dev.kindred.learn.Learning;
import dev.kindred.logging.Logs;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.JdbcStore;
import dev.kindred.trace.Tracing;
import dev.kindred.webhooks.EndedJobs;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole program: builds every part with {@code new}, from what depends on nothing to what
 * depends on all, and closes them the other way round.
 */
public final class App implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(App.class);
  private static final Duration LOG_FOLLOWED_EVERY = Duration.ofMillis(200);
  private static final Duration CONFIG_LOOKED_AT_EVERY = Duration.ofSeconds(1);
  private static final Duration EXPOSURES_KEPT_EVERY = Duration.ofMillis(200);
  private static final Duration MODELS_LOOKED_AT_EVERY = Duration.ofSeconds(2);
  private static final Duration JOBS_LOOKED_AT_EVERY = Duration.ofSeconds(1);
  private static final Duration VECTORS_LOOKED_AT_EVERY = Duration.ofMinutes(1);
  private static final String VECTORS_JOB = "vectors";

  private final LiveConfig config;
  private final Clock clock;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Tracing tracing;
  private final Optional<RedisBuckets> buckets;
  private final HttpServer http;

  /** Everything else that is to be closed, the newest part first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  // Null until the database is there.
  private volatile @Nullable Store store;

  // Null until then.
  private volatile @Nullable Listing listing;

  // Null until then, and for ever where no main database is followed.
  private volatile @Nullable Follows follows;

  /**
   * Starts the program; when this returns it can serve.
   *
   * @throws KindredException when the database does not come up in time
   */
  public static App start(LiveConfig config, Clock clock) {
    var app = new App(config, clock);
    try {
      app.start();
      return app;
    } catch (RuntimeException | Error failure) {
      app.close();
      throw failure;
    }
  }

  private App(LiveConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    tracing = keep(Parts.tracing(config.get()));
    parts.push(metrics::close);
    parts.push(Gauges.process(metrics));
    buckets = Parts.sharedBuckets(config.get()).map(this::keep);
    http =
        new HttpServer(
            Parts.http(config.get()),
            new Operations(
                Version.text(),
                metrics,
                components(),
                this::shownSettings,
                this::lastReading,
                tracing,
                buckets.map(shared -> shared),
                clock));
  }

  private void start() {
    Config now = config.get();
    http.start();

    var opened = keep(JdbcStore.open(Parts.database(now), clock, new SecureRandom()));
    opened.trace(tracing);
    store = opened;
    var tail = new Tail(opened.log());
    var commit =
        keep(
            GroupCommit.start(
                opened.log(),
                tail,
                GroupCommit.Limits.DEFAULT,
                Thread.ofPlatform().name("group-commit").factory()));
    commit.trace(tracing);
    Gauges.database(metrics, opened);
    Gauges.log(metrics, commit, tail);

    var vectors = new TenantVectors(opened, now.learning().vectorDimension());
    var entities = new EntityIntake(vectors);
    var interactions = new InteractionIntake(new EventClock(clock));
    var imports = keep(Executors.newVirtualThreadPerTaskExecutor());
    var counted = Measuring.of(opened, config, clock);
    var bulk =
        new BulkIntake(entities, interactions, counted.intake(), counted.zones(), commit, imports);
    IntSupplier bulkRecordsMax = () -> config.get().http().bulkRecordsMax();
    var learning =
        new Learning(
            opened, now.learning().vectorDimension(), System::nanoTime, Storefronts.segments(now));
    var experiments = keep(new Experimenting(opened, commit, clock, config::forTenant));
    var webhooks = keep(WebhookParts.start(opened, commit, now, clock, metrics));
    var recommending =
        keep(new Recommending(learning, experiments.served(), config, clock, metrics));
    listing = new Listing(learning, recommending);
    Lists lists = recommending.lists().telling(webhooks.lists()::shown);
    var models = keep(new ModelMaking(opened, learning, config, clock));
    models.measure(metrics, clock);
    var upkeep = new VectorUpkeep(opened, commit::keep, vectors);
    var api =
        new Api(
            opened,
            commit,
            entities,
            interactions,
            bulk,
            vectors,
            clock,
            () -> "job_" + UUID.randomUUID(),
            bulkRecordsMax,
            config::forTenant,
            counted,
            lists);
    var routes = new ArrayList<>(api.routes());
    routes.addAll(experiments.routes());
    Optional<Follows> inStep = Follows.of(now, opened, commit::keep, entities, imports, clock);
    inStep.ifPresent(this::follow);
    var storefronts = new Storefronts(now, learning, inStep, imports, clock);
    routes.addAll(storefronts.routes(opened, commit, buckets));
    routes.add(
        Route.post(
            "/api/v1/admin/reload",
            Access.ADMIN,
            "Reads the configuration file again",
            this::reloadConfig));

    Measuring.follow(counted, tail, config);
    routes.addAll(WidgetFiles.routes());
    routes.addAll(ActivityParts.routes(opened, tail, clock, metrics));
    routes.addAll(webhooks.routes(opened, commit, clock));

    tail.tell(webhooks.courier()::follow, tail.position());
    tail.tell(vectors, tail.position());
    tail.tell(upkeep, tail.position());
    tail.tell(this::followKeys, tail.position());
    learning.load();
    tail.tell(learning::follow, 0);
    models.look();
    experiments.follow(tail);
    config.whenChanged(this::reconfigure);
    http.watch(webhooks.errors()::answered);
    http.open(
        routes,
        new Backing(
            opened.keys()::all,
            tenant -> opened.tenant(tenant).answers(),
            commit::keep,
            freshness(tail)));

    Map<String, JobWork> works = new HashMap<>(BulkJobs.all(bulk, bulkRecordsMax));
    inStep.ifPresent(it -> works.putAll(it.works()));
    works.putAll(storefronts.works());
    works.put(VECTORS_JOB, run -> upkeep.run(run.job().tenant(), run::goOn));
    var schedules = new ArrayList<Schedule>();
    schedules.add(new Schedule(VECTORS_JOB, VECTORS_LOOKED_AT_EVERY, 0.5, upkeep::due));
    inStep.ifPresent(it -> schedules.addAll(it.schedules()));
    var home = new TenantId(now.tenancy().defaultTenant());
    opened
        .vectorIndex()
        .ifPresent(index -> VectorIndexJob.add(index, home, tail, works, schedules));
    schedules.add(Measuring.cleanup(counted, opened, commit::keep, config, clock, works));
    works.putAll(models.works());
    schedules.addAll(models.schedules(now));
    schedules.addAll(storefronts.schedules());
    var scheduler = new Scheduler(schedules, opened.jobs(), commit::keep, clock);
    storefronts.startThrough(scheduler);
    var jobs =
        keep(
            new JobRunner(
                opened.jobs(),
                works,
                EndedJobs::notice,
                jobSettings(inStep.isPresent()),
                clock,
                imports));

    var ticks = keep(Executors.newSingleThreadScheduledExecutor(App::ticker));
    every(LOG_FOLLOWED_EVERY, ticks, tail::poll);
    every(LOG_FOLLOWED_EVERY, ticks, learning::catchUp);
    every(CONFIG_LOOKED_AT_EVERY, ticks, config::look);
    var modelTicks = keep(Executors.newSingleThreadScheduledExecutor(App::ticker));
    every(MODELS_LOOKED_AT_EVERY, modelTicks, models::look);
    every(now.learning().incrementalUpdateInterval(), modelTicks, models::refresh);
    var jobTicks = keep(Executors.newSingleThreadScheduledExecutor(App::ticker));
    every(JOBS_LOOKED_AT_EVERY, jobTicks, scheduler::tick);
    every(JOBS_LOOKED_AT_EVERY, jobTicks, jobs::tick);
    tail.tell(new JobWaker(jobs, jobTicks), tail.position());
    every(JOBS_LOOKED_AT_EVERY, jobTicks, () -> webhooks.tick(lists));
    every(EXPOSURES_KEPT_EVERY, jobTicks, experiments::flush);
    log.atInfo()
        .addKeyValue("version", Version.text())
        .addKeyValue("address", address())
        .addKeyValue("database", now.database().url())
        .log("serving");
  }

  /** Where it listens, for example {@code http://127.0.0.1:8080}. */
  public String address() {
    String host = http.host();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port();
  }

  /**
   * Ends without losing anything: requests under way are answered, what they want kept is kept, and
   * what they were answered from is closed last.
   */
  @Override
  public void close() {
    http.close();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        log.warn("a part did not close as it should", failure);
      }
    }
    log.info("stopped");
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** This replica's name among the others. */
  private static String replica() {
    return "replica-" + UUID.randomUUID();
  }

  private void followKeys(List<Event> events) {
    if (events.stream().anyMatch(Event.KeysChanged.class::isInstance)) http.reloadKeys();
  }

  private void reconfigure(Config changed) {
    Logs.setLevel(changed.logging().level());
    http.reconfigure(Parts.http(changed));
  }

  private Answer reloadConfig(Exchange exchange) {
    var reading = config.reload();
    if (reading.succeeded()) return Answer.ok(ConfigJson.of(reading));
    throw new KindredException(
        ErrorCode.UNPROCESSABLE,
        "the configuration file is refused and nothing has changed: "
            + String.join("; ", reading.problems()));
  }

  private List<ShownSetting> shownSettings() {
    return config.shown().stream()
        .map(
            value -> new ShownSetting(value.setting().name(), value.value(), value.source().word()))
        .toList();
  }

  private List<Component> components() {
    var all = new ArrayList<Component>();
    all.add(new Component("database", true, this::databaseProblem));
    all.add(new Component("cache", false, () -> listingProblem(Listing::cacheProblem)));
    all.add(new Component("model", false, () -> listingProblem(Listing::modelProblem)));
    if (config.get().following().url().isPresent()) {
      all.add(new Component("main_database", false, this::mainDatabaseProblem));
    }
    return all;
  }

  private void follow(Follows inStep) {
    keep(inStep);
    follows = inStep;
    inStep.measure(metrics);
  }

  /** Following takes a place for itself, for ever. */
  private static JobRunner.Settings jobSettings(boolean follows) {
    var usual = JobRunner.Settings.of(replica());
    return follows ? usual.runningAtOnce(usual.runningMax() + 1) : usual;
  }

  private Optional<String> mainDatabaseProblem() {
    Follows inStep = follows;
    return inStep == null ? Optional.of("not asked yet") : inStep.problem();
  }

  private ShownReading lastReading() {
    LiveConfig.Reading last = config.lastReading();
    return new ShownReading(last.at(), last.changed(), last.needRestart(), last.problems());
  }

  private Optional<String> listingProblem(Function<Listing, Optional<String>> problem) {
    Listing now = listing;
    return now == null ? Optional.of("not loaded yet") : problem.apply(now);
  }

  /** What lists are made from. */
  private record Listing(Learning learning, Recommending recommending) {

    Optional<String> cacheProblem() {
      return recommending.cacheProblem();
    }

    Optional<String> modelProblem() {
      int behind = learning.behind();
      return behind == 0
          ? Optional.empty()
          : Optional.of("the lists of " + behind + " tenants are behind the log");
    }
  }

  private Optional<String> databaseProblem() {
    Store opened = store;
    if (opened == null) return Optional.of("not connected yet");
    opened.check();
    return Optional.empty();
  }

  private static Freshness freshness(Tail tail) {
    return new Freshness() {
      @Override
      public long seen() {
        return tail.position();
      }

      @Override
      public boolean await(long position, Duration atMost) throws InterruptedException {
        try {
          tail.awaitPosition(position, atMost);
          return true;
        } catch (Unavailable notYet) {
          return false;
        }
      }
    };
  }

  private static Thread ticker(Runnable work) {
    return Thread.ofPlatform().name("ticker").daemon().unstarted(work);
  }

  private static void every(Duration pause, ScheduledExecutorService ticks, Runnable work) {
    var _ =
        ticks.scheduleWithFixedDelay(
            work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
