package dev.kindred;

import dev.kindred.collect.Tail;
import dev.kindred.collect.features.VectorIndexUpkeep;
import dev.kindred.domain.TenantId;
import dev.kindred.jobs.JobRun;
import dev.kindred.jobs.JobWork;
import dev.kindred.jobs.Schedule;
import dev.kindred.store.Jobs.Progress;
import dev.kindred.store.VectorIndex;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The upkeep of the vectors that the database searches, as a job. They are one index for all
 * tenants, so its jobs stand among those of the default tenant; and since one job of a kind runs
 * for a tenant at a time, one replica works on it at a time.
 */
final class VectorIndexJob {

  static final String KIND = "vector_index";

  private static final Duration LOOKED_AT_EVERY = Duration.ofMinutes(1);

  /** Up to here a scan takes no longer than the graph would. */
  private static final long GRAPH_FROM = 5_000;

  private VectorIndexJob() {}

  /** Adds the job, and has it know what is written. */
  static void add(
      VectorIndex index,
      TenantId home,
      Tail tail,
      Map<String, JobWork> works,
      List<Schedule> schedules) {
    var upkeep = new VectorIndexUpkeep(index, GRAPH_FROM);
    tail.tell(upkeep, tail.position());
    works.put(KIND, run -> work(upkeep, run));
    schedules.add(
        new Schedule(KIND, LOOKED_AT_EVERY, 0, () -> upkeep.isDue() ? List.of(home) : List.of()));
  }

  private static void work(VectorIndexUpkeep upkeep, JobRun run) {
    VectorIndexUpkeep.Done done = upkeep.run(run::goOn);
    run.report(new Progress(done.filled(), done.filled(), done.filled(), 0, List.of()));
  }
}
