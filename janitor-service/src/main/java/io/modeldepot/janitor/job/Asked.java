package io.modeldepot.janitor.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.RestoreRequested;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import java.util.Optional;

/**
 * What was asked for: exactly one of these.
 *
 * @param cleanup a record of {@code cleanup-due}
 * @param backup a record of {@code backup-due}
 * @param restore a record of {@code restore-requested}
 */
public record Asked(
    Optional<CleanupDue> cleanup, Optional<BackupDue> backup, Optional<RestoreRequested> restore) {

  /** Refuses none and several. */
  public Asked {
    cleanup = Components.optional(cleanup);
    backup = Components.optional(backup);
    restore = Components.optional(restore);
    int given =
        (cleanup.isPresent() ? 1 : 0)
            + (backup.isPresent() ? 1 : 0)
            + (restore.isPresent() ? 1 : 0);
    if (given != 1) {
      throw new IllegalArgumentException("A job is asked for by one command, not " + given + ".");
    }
  }

  /** A cleanup. */
  public static Asked of(CleanupDue command) {
    return new Asked(Optional.of(command), Optional.empty(), Optional.empty());
  }

  /** A backup, or something about backups. */
  public static Asked of(BackupDue command) {
    return new Asked(Optional.empty(), Optional.of(command), Optional.empty());
  }

  /** A restore. */
  public static Asked of(RestoreRequested command) {
    return new Asked(Optional.empty(), Optional.empty(), Optional.of(command));
  }

  /** The command's payload. */
  @JsonIgnore
  public Object payload() {
    if (cleanup.isPresent()) {
      return cleanup.get();
    }
    return backup.isPresent() ? backup.get() : restore.orElseThrow();
  }

  /** The location that the command is for; empty for all of them. */
  @JsonIgnore
  public Optional<LocationName> location() {
    return cleanup
        .flatMap(CleanupDue::location)
        .or(() -> backup.flatMap(BackupDue::location))
        .or(() -> restore.flatMap(RestoreRequested::location));
  }
}
