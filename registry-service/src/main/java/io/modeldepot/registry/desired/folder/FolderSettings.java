package io.modeldepot.registry.desired.folder;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which directory is watched, and how. */
@ConfigMapping(prefix = "depot.desired-state")
interface FolderSettings {

  /** The directory; none is watched where nothing is said. */
  @WithName("dir")
  Optional<Path> directory();

  /** How often it is looked at; a change is carried out at the second look that sees it. */
  @WithDefault("5s")
  Duration every();

  /** Whether what no file says is taken back. */
  @WithDefault("false")
  boolean prune();
}
