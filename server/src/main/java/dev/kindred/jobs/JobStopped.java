package dev.kindred.jobs;

/** Ends work that is not wanted any more. */
public final class JobStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JobStopped(String jobId) {
    super("job '" + jobId + "' is to stop", null, false, false);
  }
}
