package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobState;
import java.util.Collection;

/** Who counts what becomes of jobs; see {@link DownloadMetrics}. */
public interface Watching {
  /** The running jobs, once a second. */
  void running(Collection<Job> jobs);

  /** A job has ended. */
  void ended(Job job, JobState.Final state);
}
