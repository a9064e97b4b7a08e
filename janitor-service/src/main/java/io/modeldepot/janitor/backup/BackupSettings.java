package io.modeldepot.janitor.backup;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Where backups go, and how. */
@ConfigMapping(prefix = "depot.backup")
public interface BackupSettings {
  /** The places, by name; {@code default} is meant where none is named. */
  Map<String, Target> targets();

  /** How many pack and unpack at once, each with about 50 MiB; without it one per processor. */
  OptionalInt threads();

  /**
   * Below which directory a restore may write elsewhere than on the volume; without it none may.
   */
  Optional<Path> restoreRoot();

  /** One place. */
  interface Target {
    /** A directory that exists. */
    Optional<Path> directory();

    /** The file of the key that seals the repository; without it it lies open. */
    Optional<Path> keyFile();
  }
}
