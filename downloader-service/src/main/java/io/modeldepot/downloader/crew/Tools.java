package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.JobTeller;
import io.modeldepot.downloader.fetch.Fetcher;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.kit.trace.Tracing;

/** What every run works with. */
record Tools(
    Stages stages,
    Fetcher fetcher,
    JobTeller teller,
    DownloadMetrics metrics,
    Ends ends,
    CatalogQuestion catalog,
    Tracing tracing) {

  /** Whether the catalog has what a job waits for. */
  @FunctionalInterface
  interface CatalogQuestion {
    boolean knows(Job job);
  }
}
