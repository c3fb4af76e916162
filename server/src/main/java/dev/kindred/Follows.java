package dev.kindred;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kindred.collect.EntityIntake;
import dev.kindred.config.Config;
import dev.kindred.config.ConfigError;
import dev.kindred.config.Secret;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.follow.FollowState;
import dev.kindred.follow.Following;
import dev.kindred.follow.MainDatabase;
import dev.kindred.follow.Mapping;
import dev.kindred.follow.SourceState;
import dev.kindred.jobs.JobRun;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.store.Store;
import dev.kindred.store.jdbc.DatabaseUrl;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keeping in step with a shop's own database, as part of the program: its connections, its jobs,
 * its numbers. One replica follows at a time, since one job of its kind runs at a time.
 */
public final class Follows implements AutoCloseable {

  /** Goes on for a few minutes, then the next one of its kind takes over. */
  public static final String FOLLOW_JOB = "follow";

  /** A comparison of everything, asked for by hand. */
  public static final String FULL_SYNC_JOB = "full_sync";

  private static final Duration A_JOB_LASTS = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STATE_KEPT = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final HikariDataSource connections;
  private final Mapping mapping;
  private final TenantId tenant;
  private final Following following;
  private final Clock clock;

  private volatile Seen seen;

  private record Seen(FollowState state, Instant at) {}

  private Follows(
      HikariDataSource connections,
      Mapping mapping,
      TenantId tenant,
      Following following,
      Clock clock) {
    this.connections = connections;
    this.mapping = mapping;
    this.tenant = tenant;
    this.following = following;
    this.clock = clock;
    this.seen = new Seen(following.state(), clock.instant());
  }

  /** What follows as the configuration says; none where it names no main database. */
  static Optional<Follows> of(
      Config config,
      Store store,
      Function<Submission, Receipt> keep,
      EntityIntake entities,
      ExecutorService threads,
      Clock clock) {
    Config.Following said = config.following();
    if (said.url().isEmpty()) return Optional.empty();
    HikariDataSource connections = connections(said, said.url().get());
    var tenant = new TenantId(config.tenancy().defaultTenant());
    Mapping mapping = mapping(said);
    var following =
        new Following(
            mapping,
            new MainDatabase(connections),
            tenant,
            store,
            keep,
            entities,
            threads,
            new Following.Settings(said.every(), said.compareEvery(), LONGEST_PAUSE),
            clock);
    return Optional.of(new Follows(connections, mapping, tenant, following, clock));
  }

  /** The operator's mapping; a wrong one stops the start. */
  public static Mapping mapping(Config.Following said) {
    try {
      return Mapping.parse(said.mapping());
    } catch (InvalidRequest wrong) {
      throw new ConfigError("FOLLOW_MAPPING: " + wrong.sentence());
    }
  }

  /** Connections that can only read, and give up on a server that has gone without a word. */
  public static HikariDataSource connections(Config.Following said, Secret address) {
    DatabaseUrl.Postgresql server;
    try {
      server = (DatabaseUrl.Postgresql) DatabaseUrl.parse(address.value());
    } catch (IllegalArgumentException e) {
      throw new ConfigError("MAIN_DATABASE_URL is '" + address + "': " + e.getMessage());
    }
    var config = new HikariConfig();
    config.setPoolName("kindred-main-database");
    config.setJdbcUrl(server.forDriver());
    server.user().ifPresent(config::setUsername);
    server.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(said.connectionsMax());
    config.setMinimumIdle(0);
    config.setReadOnly(true);
    config.setConnectionTimeout(5_000);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "kindred");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty(
        "socketTimeout", String.valueOf(said.statementTimeout().toSeconds() * 2));
    config.setConnectionInitSql(
        "set default_transaction_read_only = on; set statement_timeout = "
            + said.statementTimeout().toMillis());
    return new HikariDataSource(config);
  }

  public Mapping mapping() {
    return mapping;
  }

  /** Where it stands; not asked of the store more than once a second. */
  public FollowState state() {
    Seen last = seen;
    Instant now = clock.instant();
    if (now.isBefore(last.at().plus(STATE_KEPT))) return last.state();
    var next = new Seen(following.state(), now);
    seen = next;
    return next.state();
  }

  Map<String, JobWork> works() {
    return Map.of(FOLLOW_JOB, this::follow, FULL_SYNC_JOB, this::fullSync);
  }

  List<Schedule> schedules() {
    return List.of(new Schedule(FOLLOW_JOB, A_JOB_LASTS, 0, () -> List.of(tenant)));
  }

  /** Whether all of it is being read into a tenant for the first time. */
  boolean isFilling(TenantId some) {
    return some.equals(tenant) && state().phase() == FollowState.Phase.FIRST_SYNC;
  }

  /** Why the main database is not followed as it should be, if so. */
  Optional<String> problem() {
    FollowState state = state();
    if (state.problem().isPresent()) {
      return Optional.of(state.problem().get() + ", since " + state.since());
    }
    boolean isLate =
        state.phase() == FollowState.Phase.FOLLOWING
            && state.asOf().map(at -> at.plus(LATE).isBefore(clock.instant())).orElse(true);
    return isLate
        ? Optional.of("it was read last at " + state.asOf().map(Instant::toString).orElse("never"))
        : Optional.empty();
  }

  private void follow(JobRun run) throws InterruptedException {
    var pace =
        new Following.Pace() {
          @Override
          public void goOn() {
            run.goOn();
          }

          @Override
          public void pause(Duration time) throws InterruptedException {
            Thread.sleep(time);
          }
        };
    following.run(
        clock.instant().plus(A_JOB_LASTS),
        pace,
        rows -> run.report(new Progress(0, rows, rows, 0, List.of())));
  }

  private void fullSync(JobRun run) throws InterruptedException {
    String request = run.job().id();
    following.requestFullSync(request);
    Instant begun = clock.instant();
    while (!following.isFullSyncDone(request)) {
      run.goOn();
      FollowState state = following.state();
      boolean isNews = clock.instant().isAfter(begun.plus(LONGEST_PAUSE));
      if (state.problem().isPresent() && (isNews || state.since().isAfter(begun))) {
        throw new KindredException(ErrorCode.DATABASE_UNAVAILABLE, state.problem().get());
      }
      Thread.sleep(LOOK);
    }
  }

  void measure(MeterRegistry metrics) {
    Gauge.builder("follow.lag.seconds", this, Follows::lagSeconds)
        .description("How long ago the main database was read last; NaN before the first time")
        .register(metrics);
    Gauge.builder("follow.away", this, it -> it.state().problem().isPresent() ? 1 : 0)
        .description("Whether the main database cannot be followed now")
        .register(metrics);
    count(metrics, "read", it -> it.read());
    count(metrics, "written", it -> it.written());
    count(metrics, "removed", it -> it.removed());
    count(metrics, "unfit", it -> it.unfit());
  }

  private void count(MeterRegistry metrics, String what, ToLongFunction<SourceState> of) {
    mapping
        .sources()
        .forEach(source ->
            FunctionCounter.builder(
                    "follow.rows." + what,
                    this,
                    it ->
                        it.state().sources().stream()
                            .filter(state -> state.name().equals(source.name()))
                            .mapToLong(of)
                            .sum())
                .tag("source", source.name())
                .description("Rows of the main database that were " + what)
                .register(metrics));
  }

  private double lagSeconds() {
    return state()
        .asOf()
        .map(at -> Duration.between(at, clock.instant()).toMillis() / 1_000.0)
        .orElse(Double.NaN);
  }

  @Override
  public void close() {
    connections.close();
  }
}
