package io.modeldepot.downloader.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The inference servers of this location. */
@ConfigMapping(prefix = "depot.engine")
public interface EngineSettings {
  /**
   * Triton servers that run with {@code --model-control-mode=explicit}, each as {@code
   * host/gpus=URL}: {@code gpu-host/0=http://gpu-host:8000}. Servers that are not named here are
   * told nothing.
   */
  Optional<List<String>> triton();

  /** How often a server is asked whether it still serves what it shall. */
  @WithDefault("10s")
  Duration checkEvery();

  /** How long a server may take to load a model. */
  @WithDefault("20m")
  Duration loadTimeout();

  /** The longest wait before the first retry; it doubles from then on. */
  @WithDefault("1s")
  Duration retryBase();

  /** The longest wait of all. */
  @WithDefault("5m")
  Duration retryCap();
}
