package io.modeldepot.janitor.scrub;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the scrub goes. */
@ConfigMapping(prefix = "depot.scrub")
public interface ScrubSettings {
  /** Whether it does; by hand everything can be checked all the same. */
  @WithDefault("true")
  boolean enabled();

  /** Everything is read again within this time. */
  @WithDefault("7d")
  Duration every();

  /** So much is read at most; a tenth of it while a download runs. */
  @WithDefault("50000000")
  long bytesPerSecond();

  /** Whether it asks for the repair of what it finds; a repair is a download. */
  @WithDefault("true")
  boolean repair();

  /** How often to look at the dates of published files. */
  @WithDefault("1h")
  Duration glanceEvery();

  /** How often to look whether something is due. */
  @WithDefault("1m")
  Duration lookEvery();
}
