package dev.kindred;

import dev.kindred.config.Config;
import dev.kindred.config.LiveConfig;
import dev.kindred.config.TenantConfigs;
import dev.kindred.domain.TenantId;
import dev.kindred.jobs.GivesWay;
import dev.kindred.jobs.JobRun;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.learn.Learning;
import dev.kindred.learn.Training;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How models are made: by jobs, on threads of their own, so that answers do not wait for them. */
public final class ModelMaking implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelMaking.class);
  private static final String REBUILD = "rebuild";
  private static final String FIRST = "first-models";
  private static final String REFRESH = "refresh";
  private static final Duration GROWTH_LOOKED_AT_EVERY = Duration.ofSeconds(2);

  /** Nanoseconds of one core that one family's trials may take. */
  private static final double EFFORT = 2.5e9;

  private final ExecutorService threads;
  private final Training training;
  private volatile Predicate<TenantId> isFilling = tenant -> false;

  public ModelMaking(Store store, Learning learning, LiveConfig config, Clock clock) {
    int processors = Runtime.getRuntime().availableProcessors();
    int atOnce = GivesWay.isSupported() ? processors : Math.max(1, processors / 2);
    threads = Executors.newFixedThreadPool(atOnce + 1, new GivesWay("training"));
    var configs = new TenantConfigs(config);
    training =
        new Training(
            learning,
            store.models(),
            tenant ->
                Recommending.halfLifeMicros(
                    configs.of(tenant.id(), tenant.settings()).recommendation()),
            EFFORT,
            threads,
            atOnce,
            clock);
  }

  /** Tells how old the models are. */
  void measure(MeterRegistry metrics, Clock clock) {
    Gauge.builder("model.age", training, it -> age(it, clock))
        .description("How long ago the oldest of the models in force was made; NaN without any")
        .baseUnit("seconds")
        .register(metrics);
  }

  private static double age(Training training, Clock clock) {
    return training
        .oldest()
        .map(at -> Duration.between(at, clock.instant()).toMillis() / 1e3)
        .orElse(Double.NaN);
  }

  public Training training() {
    return training;
  }

  Map<String, JobWork> works() {
    return Map.of(REBUILD, this::rebuild, FIRST, this::catchUp, REFRESH, run -> training.refresh());
  }

  /** Tells of which tenants so much is still to come that a first model would be made in vain. */
  void waitWhile(Predicate<TenantId> filling) {
    isFilling = filling;
  }

  List<Schedule> schedules(Config config) {
    return List.of(
        new Schedule(REBUILD, config.learning().fullRebuildInterval(), 0.5, training::all),
        new Schedule(FIRST, GROWTH_LOOKED_AT_EVERY, 0, this::due));
  }

  private List<TenantId> due() {
    return training.due().stream().filter(isFilling.negate()).toList();
  }

  /** Takes models that were made before a restart, or elsewhere. Never throws. */
  void look() {
    carefully(training::look);
  }

  /** Brings what models cannot know yet up to date. Never throws. */
  void refresh() {
    carefully(training::refresh);
  }

  private static void carefully(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.warn("models could not be looked after", failure);
    }
  }

  private void rebuild(JobRun run) throws InterruptedException {
    training.rebuild(run.job().tenant(), run::goOn, steps(run));
  }

  private void catchUp(JobRun run) throws InterruptedException {
    training.catchUp(run.job().tenant(), run::goOn, steps(run));
  }

  /** Reports one step more each time. */
  private Runnable steps(JobRun run) {
    int steps = training.steps(run.job().tenant());
    long[] done = {0};
    run.report(progress(steps, 0));
    return () -> run.report(progress(steps, ++done[0]));
  }

  private static Progress progress(long all, long done) {
    return new Progress(all, done, done, 0, List.of());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
