package io.modeldepot.registry.updates;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often hubs are asked for updates. */
@ConfigMapping(prefix = "depot.updates")
interface UpdateSettings {

  /** Each model that is not updated by hand is looked at once in it; 0 asks no hub. */
  @WithDefault("6h")
  Duration every();

  /** How often it is looked whether a model's time has come. */
  @WithDefault("30s")
  Duration look();
}
