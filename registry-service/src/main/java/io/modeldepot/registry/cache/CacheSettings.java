package io.modeldepot.registry.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How answers are kept. */
@ConfigMapping(prefix = "depot.cache")
interface CacheSettings {
  /** Whether they are at all. */
  @WithDefault("true")
  boolean enabled();

  /** How much of the heap kept answers may take. */
  @WithDefault("16M")
  MemorySize memory();

  /** How old what is known of the stamps may be before it is looked again, while somebody asks. */
  @WithDefault("200ms")
  Duration look();

  /** How old it may be at most for a kept answer to be given. */
  @WithDefault("1s")
  Duration stalest();
}
