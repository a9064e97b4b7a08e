package io.modeldepot.downloader.job;

import io.modeldepot.events.state.FileInFlight;
import java.util.List;
import java.util.Optional;

/**
 * How far a job is.
 *
 * @param totalBytes of the selected files
 * @param doneBytes on the volume: reused, or fetched and written
 * @param reusedBytes were on the volume already, whole files and pieces of an earlier version
 * @param fetchedBytes came over the network, those thrown away included
 * @param filesTotal selected files
 * @param filesDone complete ones
 * @param rateBytesPerSecond over the last seconds
 * @param etaSeconds at that rate
 * @param inFlight files under way
 */
public record Tally(
    long totalBytes,
    long doneBytes,
    long reusedBytes,
    long fetchedBytes,
    int filesTotal,
    int filesDone,
    Optional<Long> rateBytesPerSecond,
    Optional<Long> etaSeconds,
    List<FileInFlight> inFlight) {

  /** Nothing is known yet. */
  public static final Tally NOTHING = still(0, 0, 0, 0, 0, 0);

  public Tally {
    inFlight = List.copyOf(inFlight);
  }

  /** While nothing moves. */
  public static Tally still(
      long total, long done, long reused, long fetched, int filesTotal, int filesDone) {
    return new Tally(
        total,
        done,
        reused,
        fetched,
        filesTotal,
        filesDone,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The same with another figure for what was here already. */
  public Tally reusing(long bytes) {
    return new Tally(
        totalBytes,
        doneBytes,
        bytes,
        fetchedBytes,
        filesTotal,
        filesDone,
        rateBytesPerSecond,
        etaSeconds,
        inFlight);
  }

  /** The same while nothing moves. */
  public Tally stopped() {
    return still(totalBytes, doneBytes, reusedBytes, fetchedBytes, filesTotal, filesDone);
  }
}
