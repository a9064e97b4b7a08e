package io.modeldepot.downloader.preflight;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What may come in. */
@ConfigMapping(prefix = "depot.preflight")
public interface PreflightSettings {
  /** Directories below which trees may be imported or adopted; none by default. */
  Optional<List<Path>> importRoots();

  /** Licences that are refused, as the hub names them. */
  Optional<List<String>> refusedLicences();

  /** How long a model that the catalog does not know is waited for. */
  @WithDefault("5m")
  Duration catalogPatience();
}
