package io.modeldepot.janitor.volume;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Which volume is ours. */
@ConfigMapping(prefix = "depot")
public interface VolumeSettings {
  /** The location that this janitor serves. */
  @WithDefault("default")
  String location();

  /** Where the location's volume is mounted. */
  @WithDefault("/opt/ai-models")
  Path modelsDir();
}
