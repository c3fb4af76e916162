package dev.kindred.http;

import dev.kindred.domain.Job;
import dev.kindred.domain.TenantId;
import dev.kindred.store.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Waits for jobs, for callers who want to hear how they end. */
record JobWait(Jobs jobs, InstantSource clock) {
  private static final Duration LOOKED_AT_EVERY = Duration.ofMillis(50);

  /** The job as it ended, or as it is when patience is over; absent if it is gone. */
  Optional<Job> await(TenantId tenant, String id, Duration patience) throws InterruptedException {
    Instant until = clock.instant().plus(patience);
    while (true) {
      Optional<Job> job = jobs.find(tenant, id);
      boolean goesOn = job.isPresent() && !job.get().state().isFinal();
      if (!goesOn || !clock.instant().plus(LOOKED_AT_EVERY).isBefore(until)) return job;
      Thread.sleep(LOOKED_AT_EVERY);
    }
  }
}
