package io.modeldepot.janitor.backup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Where backups go, and how. What begins with {@code BACKUP_} means the target {@code default}. */
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

  /** Where the registry gives its data; without it backups go on without them, and say so. */
  Optional<URI> registryUrl();

  /** Which backups a prune keeps. */
  Keep keep();

  /** At most so many bytes of a backup a drill restores; at least one version. */
  @WithDefault("10737418240")
  long drillBytes();

  /** Where a drill restores to; without it the machine's temporary directory. */
  Optional<Path> scratchDir();

  /** How many backups stay; the newest always does, and what is pinned. */
  interface Keep {
    /** The newest so many. */
    @WithDefault("7")
    int last();

    /** The last one of each of so many days. */
    @WithDefault("14")
    int daily();

    /** The last one of each of so many weeks. */
    @WithDefault("8")
    int weekly();

    /** The last one of each of so many months. */
    @WithDefault("12")
    int monthly();
  }

  /** One place. */
  interface Target {
    /** A directory that exists; or a bucket. */
    Optional<Path> directory();

    /** A bucket of an S3-compatible store; or a directory. */
    Optional<String> bucket();

    /** Where the store is, if it is not Amazon's. */
    Optional<URI> endpoint();

    /** The store's region; without it us-east-1. */
    Optional<String> region();

    /** Below which name in the bucket the repository lies; without it it has the bucket alone. */
    Optional<String> prefix();

    /**
     * The file with the access key's id and, on the next line, its secret; without it those of the
     * environment, a profile or the machine are used.
     */
    Optional<Path> credentialsFile();

    /** The file of the key that seals the repository; without it it lies open. */
    Optional<Path> keyFile();
  }
}
