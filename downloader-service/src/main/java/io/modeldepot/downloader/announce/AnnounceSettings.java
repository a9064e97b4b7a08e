package io.modeldepot.downloader.announce;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is told, and how often. */
@ConfigMapping(prefix = "depot.announce")
public interface AnnounceSettings {
  /** How often the whole location is announced again. */
  @WithDefault("6h")
  Duration every();

  /** How often it is told how full the volume is; others take that for a sign of life. */
  @WithDefault("1m")
  Duration storageEvery();

  /** Where the location's mirrors are. */
  Optional<List<String>> mirrorUrls();
}
