package io.modeldepot.downloader.crew;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many jobs at once. */
@ConfigMapping(prefix = "depot.jobs")
public interface JobSettings {
  /** Jobs that are worked on at once; those that wait do not count. */
  @WithDefault("2")
  int slots();

  /** How often the volume's list of jobs is read. */
  @WithDefault("1s")
  Duration lookEvery();
}
