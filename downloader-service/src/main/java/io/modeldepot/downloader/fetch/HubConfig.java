package io.modeldepot.downloader.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Which hubs, and how patiently. The token comes from HF_TOKEN or HF_TOKEN_PATH alone. */
@ConfigMapping(prefix = "depot.hub")
public interface HubConfig {
  /** Addresses in order of preference, separated by commas. */
  @WithDefault("https://huggingface.co")
  String endpoints();

  /** Until a connection stands. */
  @WithDefault("10s")
  Duration connectTimeout();

  /** Without enough bytes in this time a connection is given up. */
  @WithDefault("30s")
  Duration stallTimeout();

  /** Whether a hub outside may redirect to an address of our own network. */
  @WithDefault("false")
  boolean redirectsInside();
}
