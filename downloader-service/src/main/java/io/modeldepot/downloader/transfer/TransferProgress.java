package io.modeldepot.downloader.transfer;

import java.util.List;
import java.util.Optional;

/**
 * Where a transfer is.
 *
 * @param totalBytes of all files
 * @param doneBytes in the parts, fetched or inherited; falls only when an inherited block turns out
 *     bad, and in the last word to what is there
 * @param reusedBytes inherited and not found bad
 * @param copiedBytes taken in this run from an earlier version that is here
 * @param fetchedBytes came over the network in this run, those fetched twice counted twice
 * @param filesTotal of this transfer
 * @param filesDone verified
 * @param rateBytesPerSecond mean of the last 10 samples; absent before the second one
 * @param etaSeconds at that rate; absent when it is zero
 * @param inFlight files begun and not finished, in the order they were begun, at most 16
 */
public record TransferProgress(
    long totalBytes,
    long doneBytes,
    long reusedBytes,
    long copiedBytes,
    long fetchedBytes,
    int filesTotal,
    int filesDone,
    Optional<Long> rateBytesPerSecond,
    Optional<Long> etaSeconds,
    List<InFlight> inFlight) {
  public TransferProgress {
    inFlight = List.copyOf(inFlight);
  }

  /** A file that has begun. */
  public record InFlight(String path, long sizeBytes, long doneBytes) {}
}
