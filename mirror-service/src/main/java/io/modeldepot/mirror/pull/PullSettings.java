package io.modeldepot.mirror.pull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** For whom repositories that are not here are fetched. */
@ConfigMapping(prefix = "depot.mirror.pull")
public interface PullSettings {
  /** Who may cause a download by asking for a repository. */
  enum Who {
    NOBODY,
    /** Who sends one of the configured tokens. */
    TOKENS,
    EVERYONE
  }

  /** Who may cause a download. */
  @WithDefault("nobody")
  Who by();

  /** Different repositories that are asked for within an hour, at most. */
  @WithDefault("20")
  int perHour();
}
