package dev.kindred;

import dev.kindred.collect.Follower;
import dev.kindred.domain.Event;
import dev.kindred.jobs.JobRunner;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Has jobs looked at as soon as one comes, so that who waits for it does not wait for a tick. */
record JobWaker(JobRunner jobs, Executor ticks) implements Follower {

  @Override
  public void follow(List<Event> events) {
    if (events.stream().noneMatch(Event.JobChanged.class::isInstance)) return;
    try {
      ticks.execute(jobs::tick);
    } catch (RejectedExecutionException stopping) {
      // Whoever starts next takes it.
    }
  }
}
