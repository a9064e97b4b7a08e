package io.modeldepot.registry.cache.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which Redis answers are shared by; none by default. */
@ConfigMapping(prefix = "depot.redis")
interface RedisSettings {
  /** {@code redis://[user@]host[:port][/database]}, {@code rediss://} over TLS; no password. */
  Optional<String> url();

  /** The password; from the environment, never from a file of settings. */
  Optional<String> password();

  /** A file that holds it, in its first line. */
  Optional<Path> passwordFile();

  /** How long anything may wait for Redis. */
  @WithDefault("100ms")
  Duration timeout();

  /** How long an answer stays there. */
  @WithDefault("1h")
  Duration keep();
}
