package io.modeldepot.downloader.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much at once. */
@ConfigMapping(prefix = "depot.transfer")
public interface TransferConfig {
  /** Connections of one job, over one file or several. */
  @WithDefault("4")
  int connectionsPerJob();

  /** Connections of all jobs. */
  @WithDefault("16")
  int connectionsInAll();

  /** Cap over all jobs, bytes per second; none by default. */
  Optional<Long> bytesPerSecond();

  /**
   * How long the engine itself waits before it tries a file again; the job's own waits are longer.
   */
  @WithDefault("1s")
  Duration retryBase();
}
