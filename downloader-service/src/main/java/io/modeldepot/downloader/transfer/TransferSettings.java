package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.downloader.pace.Bandwidth;
import io.modeldepot.downloader.pace.Timekeeper;
import java.time.Duration;

/**
 * How much at once, and how patiently.
 *
 * @param connectionsPerJob connections of one transfer, over one file or several
 * @param connectionsInAll connections of all transfers of this engine
 * @param backoff between failures of one file that brought no byte; when exhausted, the file fails
 *     and the caller decides. A wait that the hub asks for beyond the cap is not sat out here
 * @param bandwidth cap shared by all transfers
 * @param minimumBytesPerStall a connection that brings less in the hub client's stall timeout is
 *     abandoned, even if it trickles
 * @param sampleEvery how often progress is told
 * @param time clock and waiting
 */
public record TransferSettings(
    int connectionsPerJob,
    int connectionsInAll,
    Backoff backoff,
    Bandwidth bandwidth,
    long minimumBytesPerStall,
    Duration sampleEvery,
    Timekeeper time) {

  /** 4 connections a job, 16 in all, 5 attempts of 1 s · 2ⁿ, no cap on bandwidth. */
  public static final TransferSettings STANDARD =
      new TransferSettings(
          4,
          16,
          new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 5),
          Bandwidth.unlimited(),
          16 * 1024,
          Duration.ofSeconds(1),
          Timekeeper.system());

  public TransferSettings {
    if (connectionsPerJob < 1 || connectionsInAll < connectionsPerJob) {
      throw new IllegalArgumentException(
          "Connections must be 1 <= per job <= in all, not "
              + connectionsPerJob
              + " and "
              + connectionsInAll);
    }
    if (minimumBytesPerStall < 0 || !sampleEvery.isPositive()) {
      throw new IllegalArgumentException("Limits of a transfer must be positive");
    }
  }

  public TransferSettings withConnections(int perJob, int inAll) {
    return new TransferSettings(
        perJob, inAll, backoff, bandwidth, minimumBytesPerStall, sampleEvery, time);
  }

  public TransferSettings withBackoff(Backoff other) {
    return new TransferSettings(
        connectionsPerJob,
        connectionsInAll,
        other,
        bandwidth,
        minimumBytesPerStall,
        sampleEvery,
        time);
  }

  public TransferSettings withBandwidth(Bandwidth other) {
    return new TransferSettings(
        connectionsPerJob,
        connectionsInAll,
        backoff,
        other,
        minimumBytesPerStall,
        sampleEvery,
        time);
  }

  public TransferSettings withSamples(Duration every) {
    return new TransferSettings(
        connectionsPerJob, connectionsInAll, backoff, bandwidth, minimumBytesPerStall, every, time);
  }

  public TransferSettings withTime(Timekeeper other) {
    return new TransferSettings(
        connectionsPerJob,
        connectionsInAll,
        backoff,
        bandwidth,
        minimumBytesPerStall,
        sampleEvery,
        other);
  }
}
