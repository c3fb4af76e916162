package dev.kindred;

import dev.kindred.collect.BulkIntake;
import dev.kindred.collect.Tail;
import dev.kindred.config.Config;
import dev.kindred.config.ConfigJson;
import dev.kindred.config.LiveConfig;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Unavailable;
import dev.kindred.http.Access;
import dev.kindred.http.Answer;
import dev.kindred.http.Api;
import dev.kindred.http.Backing;
import dev.kindred.http.Component;
import dev.kindred.http.ConsoleFiles;
import dev.kindred.http.Exchange;
import dev.kindred.http.Freshness;
import dev.kindred.http.HttpServer;
import dev.kindred.http.Operations;
import dev.kindred.http.Operations.ShownReading;
import dev.kindred.http.Operations.ShownSetting;
import dev.kindred.http.RedisBuckets;
import dev.kindred.http.Route;
import dev.kindred.http.WidgetFiles;
import dev.kindred.jobs.JobRunner;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.learn.Learning;
import dev.kindred.logging.Logs;
import dev.kindred.recommend.Lists;
import dev.kindred.store.Store;
import dev.kindred.trace.Tracing;
import dev.kindred.webhooks.EndedJobs;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole program: builds every part with {@code new}, from what depends on nothing to what
 * depends on all, and closes them the other way round.
 */
public final class App implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(App.class);

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

    Core core = keep(Core.open(config, clock, metrics, tracing));
    store = core.store;
    listing = new Listing(core.learning, core.recommending);
    var bulk =
        new BulkIntake(
            core.entities,
            core.interactions,
            core.counted.intake(),
            core.counted.zones(),
            core.commit,
            core.threads);
    IntSupplier bulkRecordsMax = () -> config.get().http().bulkRecordsMax();
    var webhooks = keep(WebhookParts.start(core.store, core.commit, now, clock, metrics));
    Lists lists = core.recommending.lists().telling(core.showing.after(webhooks.lists()));
    Optional<Follows> inStep =
        Follows.of(now, core.store, core.commit::keep, core.entities, core.threads, clock);
    inStep.ifPresent(this::follow);
    var storefronts = keep(new Storefronts(now, core.learning, inStep, clock));

    core.tail.tell(webhooks.courier()::follow, core.tail.position());
    core.tail.tell(this::followKeys, core.tail.position());
    core.follow();
    config.whenChanged(this::reconfigure);
    http.watch(webhooks.errors()::answered);
    List<Route> activity = ActivityParts.routes(core.store, core.tail, clock, metrics);
    http.open(
        Stream.of(
                api(core, bulk, bulkRecordsMax, lists).routes(),
                core.experiments.routes(core.store, core.commit, clock, config::forTenant),
                storefronts.routes(core.store, core.commit, buckets),
                List.of(reloading()),
                WidgetFiles.routes(),
                ConsoleFiles.routes(),
                activity,
                webhooks.routes(core.store, core.commit, clock))
            .flatMap(List::stream)
            .toList(),
        new Backing(
            core.store.keys()::all,
            tenant -> core.store.tenant(tenant).answers(),
            core.commit::keep,
            freshness(core.tail)));

    Map<String, JobWork> works = new HashMap<>(BulkJobs.all(bulk, bulkRecordsMax));
    var schedules = new ArrayList<Schedule>();
    core.addJobs(works, schedules);
    inStep.ifPresent(it -> {
      core.models.waitWhile(it::isFilling);
      works.putAll(it.works());
      schedules.addAll(it.schedules());
    });
    works.putAll(storefronts.works());
    schedules.addAll(storefronts.schedules());
    var background =
        keep(
            new Background(
                core, works, schedules, EndedJobs::notice, jobSettings(inStep.isPresent())));
    storefronts.startThrough(background.scheduler());
    keep(HeapCare.begin(core.models.training()::isMaking));
    background.start(config::look, () -> webhooks.tick(lists));
    log.atInfo()
        .addKeyValue("version", Version.text())
        .addKeyValue("address", address())
        .addKeyValue("database", now.database().url())
        .log("serving");
  }

  private Api api(Core core, BulkIntake bulk, IntSupplier bulkRecordsMax, Lists lists) {
    return new Api(
        core.store,
        core.commit,
        core.entities,
        core.interactions,
        bulk,
        core.vectors,
        clock,
        () -> "job_" + UUID.randomUUID(),
        bulkRecordsMax,
        config::forTenant,
        core.counted,
        lists);
  }

  private Route reloading() {
    return Route.post(
        "/api/v1/admin/reload",
        Access.ADMIN,
        "Reads the configuration file again",
        this::reloadConfig);
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
    Core.close(parts);
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
}
