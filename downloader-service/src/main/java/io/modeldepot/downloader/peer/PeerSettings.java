package io.modeldepot.downloader.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How other locations are used. The token for their mirrors comes from DEPOT_PEERS_TOKEN alone. */
@ConfigMapping(prefix = "depot.peers")
public interface PeerSettings {
  /** Whether other locations are asked at all. */
  @WithDefault("true")
  boolean use();

  /** A location that has not reported for so long is taken for lost. */
  @WithDefault("3m")
  Duration silence();

  /** How long a mirror that sent wrong bytes is not asked. */
  @WithDefault("1h")
  Duration distrust();
}
