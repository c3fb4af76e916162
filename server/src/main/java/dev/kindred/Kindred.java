package dev.kindred;

import dev.kindred.config.LiveConfig;
import dev.kindred.domain.TenantId;
import dev.kindred.embedded.Analytics;
import dev.kindred.embedded.Ask;
import dev.kindred.embedded.Entities;
import dev.kindred.embedded.Interactions;
import dev.kindred.embedded.Keep;
import dev.kindred.embedded.People;
import dev.kindred.embedded.Trials;
import dev.kindred.jobs.JobNotices;
import dev.kindred.jobs.JobRunner;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.Lists;
import dev.kindred.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The product as a library, without a server: the same parts, the same guarantees. What a call has
 * kept is on disk when it returns, and counts in the next answer.
 *
 * <p>Mistakes of the caller are {@link dev.kindred.domain.KindredException}s, with a code and a
 * sentence that helps. Safe for any number of threads; to be closed.
 */
public final class Kindred implements AutoCloseable {

  private final Core core;
  private final Background background;
  private final TenantId tenant;
  private final Lists lists;
  private final Entities entities;
  private final Interactions interactions;
  private final People users;
  private final Analytics analytics;
  private final Trials experiments;

  /** Opens what is kept in a folder, which is made where there is none. */
  public static Kindred open(Path folder) {
    return open(folder, Map.of());
  }

  /**
   * Opens what is kept in a folder, or elsewhere.
   *
   * @param settings by their names in {@code docs/operating.md}; for example {@code DATABASE_URL}
   *     of a PostgreSQL that servers work on, too
   * @throws dev.kindred.config.ConfigError for a setting that is unknown or wrong
   */
  public static Kindred open(Path folder, Map<String, String> settings) {
    return open(folder, settings, Clock.systemUTC());
  }

  static Kindred open(Path folder, Map<String, String> settings, Clock clock) {
    var all = new HashMap<>(settings);
    all.putIfAbsent("KINDRED_DATA", folder.toString());
    var config = LiveConfig.load(all, Map.of(), clock);
    Core core = Core.open(config, clock, new SimpleMeterRegistry(), Tracing.OFF);
    try {
      core.follow();
      return new Kindred(core);
    } catch (RuntimeException | Error failure) {
      core.close();
      throw failure;
    }
  }

  private Kindred(Core core) {
    this.core = core;
    tenant = core.home();
    lists = core.recommending.lists().telling(core.showing::shown);
    var keep = new Keep(tenant, core.commit::keep);
    entities = new Entities(core.store, keep, core.entities);
    interactions =
        new Interactions(
            core.store, keep, core.interactions, core.counted.intake(), core.counted.zones());
    users = new People(core.store, keep);
    analytics = new Analytics(core.counted.behaviours(), tenant);
    experiments =
        new Trials(core.store, keep, core.experiments::flush, core.config::forTenant, core.clock);
    Map<String, JobWork> works = new HashMap<>();
    List<Schedule> schedules = new ArrayList<>();
    core.addJobs(works, schedules);
    var settings = JobRunner.Settings.of("library-" + UUID.randomUUID());
    background = new Background(core, works, schedules, JobNotices.NONE, settings);
    background.start(() -> {}, () -> {});
  }

  /** What may be recommended. */
  public Entities entities() {
    return entities;
  }

  /** What users did. */
  public Interactions interactions() {
    return interactions;
  }

  /** Who they are, and their rights. */
  public People users() {
    return users;
  }

  /** What they did, counted as it happens. */
  public Analytics analytics() {
    return analytics;
  }

  /** Which of several things is better. */
  public Trials experiments() {
    return experiments;
  }

  /** A list for a user; for somebody unknown the best there is for such. */
  public Ask recommend(String userId) {
    return Ask.forUser(lists, tenant, userId);
  }

  /** A list of what is like these entities. */
  public Ask like(String... entityIds) {
    return Ask.like(lists, tenant, List.of(entityIds));
  }

  /** A list of what more is going on around than is usual. */
  public Ask trending() {
    return Ask.by(lists, tenant, Algorithm.TRENDING);
  }

  /** A list of what most is going on around. */
  public Ask popular() {
    return Ask.by(lists, tenant, Algorithm.POPULAR);
  }

  /** Makes the models anew now; they are made by themselves as well, once a day and as it grows. */
  public void learn() throws InterruptedException {
    core.models.training().rebuild(tenant, () -> {}, () -> {});
  }

  /** Ends without losing anything. Nothing may be called after that. */
  @Override
  public void close() {
    background.close();
    core.close();
  }
}
