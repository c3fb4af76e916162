package dev.kindred.jobs;

/**
 * What a kind of job does.
 *
 * <p>It may be begun again: after a crash, after an exception, and when a replica lost sight of the
 * database. So doing it twice must come to the same as doing it once.
 */
@FunctionalInterface
public interface JobWork {

  /**
   * Does the work, and reports how far it is. How it ended follows from the last report: completed
   * where no row failed, failed where none succeeded, partially completed otherwise.
   *
   * @throws JobStopped when it was asked to stop; {@link JobRun#report} throws it
   * @throws dev.kindred.domain.KindredException to fail for a reason that the tenant can understand
   * @throws Exception to be tried again a little later
   */
  void run(JobRun run) throws Exception;
}
