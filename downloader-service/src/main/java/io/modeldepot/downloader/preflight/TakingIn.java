package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.command.DownloadSource;
import java.io.IOException;

/** How a tree comes in from a directory; see {@link TakeIn}. */
@FunctionalInterface
public interface TakingIn {
  /** Does the work of {@code resolving} for such a job. */
  void work(Turn turn, Shelf shelf, DownloadSource source) throws IOException, InterruptedException;
}
