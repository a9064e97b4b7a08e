package io.modeldepot.janitor.backup;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Locked;
import io.modeldepot.backup.repository.NoRepository;
import io.modeldepot.backup.repository.UnknownSnapshot;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.restore.NothingToRestore;
import io.modeldepot.backup.seal.BrokenSeal;
import io.modeldepot.backup.seal.WrongKey;
import io.modeldepot.backup.storage.StorageFailed;
import io.modeldepot.backup.storage.StorageFull;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What went wrong with a repository, as a problem that a person can mend. */
public final class Mishaps {
  private Mishaps() {}

  /** The problem; empty if it is none of the repository's, and trying again may help. */
  public static Optional<Problem> of(IOException what) {
    String why = String.valueOf(what.getMessage());
    return Optional.ofNullable(
        switch (what) {
          case NoTarget e -> Problem.of(ProblemCode.NO_BACKUP_TARGET, why);
          case NoRepository e -> Problem.of(ProblemCode.NO_BACKUP_TARGET, why);
          case UnknownSnapshot e -> Problem.of(ProblemCode.UNKNOWN_BACKUP, why);
          case NothingToRestore e -> Problem.of(ProblemCode.UNKNOWN_BACKUP, why);
          case WrongKey e -> Problem.of(ProblemCode.WRONG_BACKUP_KEY, why);
          case BrokenSeal e -> Problem.of(ProblemCode.BACKUP_DAMAGED, why);
          case DamagedObject e -> Problem.of(ProblemCode.BACKUP_DAMAGED, why);
          case StorageFull e -> Problem.of(ProblemCode.BACKUP_TARGET_FULL, why);
          case StorageFailed e ->
              e.getCause() instanceof FileCallFailed call && call.errno().forbidden()
                  ? forbidden(why)
                  : Problem.of(ProblemCode.BACKUP_TARGET_UNREACHABLE, why);
          case Locked e ->
              Problem.of(
                      ProblemCode.BACKUP_LOCKED,
                      why,
                      Map.of("holder", e.holder().holder(), "purpose", e.holder().purpose()))
                  .withRemedies(
                      List.of(
                          Remedy.cli("Wait until " + e.holder().holder() + " is done", "backups")));
          case NoRoom e ->
              Problem.of(
                  ProblemCode.NO_SPACE,
                  why,
                  Map.of("neededBytes", e.neededBytes(), "freeBytes", e.freeBytes()));
          default -> null;
        });
  }

  private static Problem forbidden(String why) {
    return Problem.of(ProblemCode.BACKUP_TARGET_UNREACHABLE, why)
        .withRemedies(
            List.of(
                Remedy.say(
                    "Let the user that the janitor runs as write there, and mount it for writing"),
                Remedy.cli("Back up again", "backup")));
  }

  /**
   * What is wrong with a directory beside the volume that a restore or a drill writes to, as a
   * problem; empty if it is nothing of that directory's.
   */
  public static Optional<Problem> at(Path directory, IOException what) {
    if (!(what instanceof FileSystemException refused) || refused.getFile() == null) {
      return Optional.empty();
    }
    Path file = Path.of(refused.getFile());
    if (!file.startsWith(directory) && !directory.startsWith(file)) {
      return Optional.empty();
    }
    if (refused instanceof FileCallFailed call && call.errno().noSpace()) {
      return Optional.of(
          Problem.of(ProblemCode.NO_SPACE, "There is no room in " + directory + ".")
              .withRemedies(
                  List.of(Remedy.say("Make room there, or name a directory on another disk"))));
    }
    return Optional.of(
        Problem.of(
                ProblemCode.VOLUME_ERROR,
                directory + " cannot be written to: " + refused.getMessage())
            .withRemedies(
                List.of(
                    Remedy.say("Let the janitor's user write there, or name another directory"))));
  }
}
