package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.JobTeller;
import io.modeldepot.downloader.fetch.PartChanges;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.kit.trace.Tracing;

/** What every run works with. */
record Tools(
    StageOf stages,
    PartChanges parts,
    JobTeller teller,
    Watching metrics,
    Ends ends,
    CatalogQuestion catalog,
    Tracing tracing,
    Timekeeper time) {

  /** Whether the catalog has what a job waits for. */
  @FunctionalInterface
  interface CatalogQuestion {
    boolean knows(Job job);
  }
}
