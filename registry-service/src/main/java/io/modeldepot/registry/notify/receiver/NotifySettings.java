package io.modeldepot.registry.notify.receiver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How notifications are sent, and where to they may be. */
@ConfigMapping(prefix = "depot.notify")
public interface NotifySettings {

  /**
   * The hosts to which anything may be sent, as {@code host}, {@code host:port} or {@code
   * *.domain}; none, and nothing is.
   */
  Optional<List<String>> hosts();

  /** Where the files lie that settings name: addresses that are secrets, and keys. */
  @WithDefault("/run/secrets")
  Path filesDir();

  /** The key with which is signed where a setting names none: a file in that directory. */
  Optional<String> secretFile();

  /** Longest for one attempt, from the first look at the host's name to the end of the answer. */
  @WithDefault("15s")
  Duration timeout();

  /** How long after the first attempt that failed the second is. */
  @WithDefault("5s")
  Duration firstRetry();

  /** The longest time between two attempts. */
  @WithDefault("2h")
  Duration longestRetry();

  /** How long it is tried; what happened longer ago is not told any more. */
  @WithDefault("24h")
  Duration giveUpAfter();

  /** How often it is looked for what is due, beside at once. */
  @WithDefault("1s")
  Duration look();

  /** How often it is looked for what should have happened. */
  @WithDefault("30s")
  Duration absence();

  /** How long the log keeps what was sent. */
  @WithDefault("720h")
  Duration kept();
}
