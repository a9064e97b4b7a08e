package io.modeldepot.mirror.serve;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much one client may have. */
@ConfigMapping(prefix = "depot.mirror.serve")
public interface ServeSettings {
  /**
   * Files that one address may be sent at a time; 0 means any number, for a mirror behind a proxy,
   * where all clients have the proxy's address and the proxy keeps the limit.
   */
  @WithDefault("64")
  int transfersPerClient();

  /**
   * How long nothing of a file under way may come until the client is cut off; it asks again for
   * what is missing.
   */
  @WithDefault("30s")
  Duration arrivalPatience();
}
