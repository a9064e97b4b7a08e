package io.modeldepot.janitor.crew;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the crew works. */
@ConfigMapping(prefix = "depot.janitor")
public interface CrewSettings {
  /** How often to look for the volume and for jobs. */
  @WithDefault("1s")
  Duration lookEvery();

  /** How long a job rests that the volume or the broker kept from going on. */
  @WithDefault("10s")
  Duration retryAfter();
}
