package io.modeldepot.registry.spread;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How models are spread over locations. */
@ConfigMapping(prefix = "depot.spread")
public interface SpreadSettings {
  /** How often it is looked whether something is to be done. */
  @WithDefault("5s")
  Duration every();

  /** A location that has not reported for so long is lost: its copies are made again elsewhere. */
  @WithDefault("15m")
  Duration lostAfter();

  /** How much of a location may be assigned; the rest is for downloads and older versions. */
  @WithDefault("0.8")
  double fill();

  /** How long after a copy failed it is asked for again. */
  @WithDefault("10m")
  Duration again();
}
