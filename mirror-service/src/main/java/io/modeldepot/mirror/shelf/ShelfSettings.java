package io.modeldepot.mirror.shelf;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where the volume is, and how often it is looked at. */
@ConfigMapping(prefix = "depot.mirror.shelf")
public interface ShelfSettings {
  /** The volume. */
  Path directory();

  /** After how long a list of versions is read again. */
  @WithDefault("2s")
  Duration refresh();

  /** How many files all manifests kept in memory may name together. */
  @WithDefault("50000")
  int filesInMemory();
}
