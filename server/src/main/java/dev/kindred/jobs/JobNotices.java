package dev.kindred.jobs;

import dev.kindred.domain.Job;
import dev.kindred.domain.Notice;
import dev.kindred.store.Jobs.Progress;
import java.time.Instant;
import java.util.Optional;

/** What webhooks are told when a job ends. */
@FunctionalInterface
public interface JobNotices {

  /** Nothing. */
  JobNotices NONE = (_, _, _, _) -> Optional.empty();

  /**
   * The notice about a job, if there is one.
   *
   * @param job as it was taken
   * @param state how it ended
   * @param last how far it came
   */
  Optional<Notice> about(Job job, Job.State state, Progress last, Instant at);
}
