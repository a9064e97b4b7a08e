package io.modeldepot.janitor.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the janitor looks for what is due. */
@ConfigMapping(prefix = "depot.schedule")
public interface ScheduleSettings {
  /** Whether it does at all; by hand everything can be asked for all the same. */
  @WithDefault("true")
  boolean enabled();

  /** How often it looks. */
  @WithDefault("20s")
  Duration lookEvery();
}
