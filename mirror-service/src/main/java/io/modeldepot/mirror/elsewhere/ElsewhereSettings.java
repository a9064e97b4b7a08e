package io.modeldepot.mirror.elsewhere;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Whether clients are sent to other locations, and to which. */
@ConfigMapping(prefix = "depot.mirror.elsewhere")
public interface ElsewhereSettings {
  /** Whether clients are sent there at all. */
  @WithDefault("true")
  boolean use();

  /** A location that has not reported for so long is taken for lost. */
  @WithDefault("3m")
  Duration silence();
}
