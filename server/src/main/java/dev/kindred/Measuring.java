package dev.kindred;

import dev.kindred.checkpoint.Checkpoints;
import dev.kindred.collect.BehaviourIntake;
import dev.kindred.collect.EventClock;
import dev.kindred.collect.Tail;
import dev.kindred.collect.TenantZones;
import dev.kindred.config.LiveConfig;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.http.Api.Counted;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.measure.behaviour.Behaviours;
import dev.kindred.measure.behaviour.Cleanup;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Puts together what counts what users did. */
final class Measuring {

  private Measuring() {}

  static Counted of(Store store, LiveConfig config, Clock clock) {
    return new Counted(
        new BehaviourIntake(new EventClock(clock)),
        new TenantZones(store, own -> config.forTenant(own).measuring().timeZone()),
        new Behaviours(store, clock));
  }

  /** Takes out what is too old, for each tenant once a day. */
  static Schedule cleanup(
      Counted counted,
      Store store,
      Function<Submission, Receipt> keep,
      LiveConfig config,
      Clock clock,
      Map<String, JobWork> works) {
    ToIntFunction<TenantId> days =
        tenant ->
            config
                .forTenant(store.tenant(tenant).settings().current().settings())
                .measuring()
                .retentionDays();
    var cleanup = new Cleanup(store, keep, clock, days, System::nanoTime, Thread::sleep);
    works.put(
        Cleanup.JOB,
        run ->
            cleanup.run(
                run.job().tenant(),
                (positions, gone, folded) ->
                    run.report(new Progress(positions, gone, folded, 0, List.of()))));
    return new Schedule(
        Cleanup.JOB,
        Duration.ofDays(1),
        1,
        () -> counted.behaviours().withBehaviourOlderThan(days));
  }

  /**
   * Knows all that was done so far: by a checkpoint and the rest of the log, or by the whole log.
   */
  static void load(Counted counted, Checkpoints checkpoints) {
    if (!checkpoints.restore(counted.behaviours())) counted.behaviours().load();
  }

  /** Counts from then on what is new before it is acknowledged. */
  static void follow(Counted counted, Tail tail, LiveConfig config) {
    config.whenChanged(_ -> counted.zones().forget());
    tail.tell(counted.zones(), tail.position());
    tail.tell(counted.behaviours()::follow, counted.behaviours().position());
  }
}
