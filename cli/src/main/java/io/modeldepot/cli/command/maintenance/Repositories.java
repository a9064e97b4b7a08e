package io.modeldepot.cli.command.maintenance;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Locked;
import io.modeldepot.backup.repository.NoRepository;
import io.modeldepot.backup.repository.UnknownSnapshot;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.restore.NothingToRestore;
import io.modeldepot.backup.seal.WrongKey;
import io.modeldepot.backup.storage.StorageFailed;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import java.io.IOException;

/** Says what is wrong with a repository in a person's words. */
final class Repositories {
  private Repositories() {}

  /** What an error means here. */
  static Failure failure(IOException e, Session session) {
    String why = String.valueOf(e.getMessage());
    return switch (e) {
      case NoRepository no ->
          Failure.of(ExitCode.NOT_FOUND, "no-backup-target", "there is no repository of backups")
              .because(why)
              .tryThis(Try.words("name the directory that has config.json, data/ and snapshots/"));
      case UnknownSnapshot unknown ->
          Failure.of(ExitCode.NOT_FOUND, "unknown-backup", "no such backup")
              .because(why)
              .tryThis(new Try("show them", "backups --at DIR"));
      case NothingToRestore nothing ->
          Failure.of(ExitCode.NOT_FOUND, "unknown-backup", "nothing to restore").because(why);
      case WrongKey wrong ->
          Failure.of(ExitCode.NOT_SIGNED_IN, "wrong-backup-key", "the repository does not open")
              .because(why)
              .tryThis(Try.words("name the key's file with --key-file"));
      case Locked locked ->
          Failure.of(ExitCode.CONFLICT, "backup-locked", "somebody else writes there").because(why);
      case DamagedObject damaged ->
          Failure.of(ExitCode.WRONG_BYTES, "backup-damaged", "the repository is damaged")
              .because(why)
              .tryThis(new Try("see all that is wrong", "backups check --read-data --at DIR"));
      case StorageFailed failed ->
          Failure.of(
                  ExitCode.UNREACHABLE,
                  "backup-target-unreachable",
                  "the repository cannot be reached")
              .because(why);
      case NoRoom no ->
          Failure.of(ExitCode.NO_SPACE, "no-space", "there is not enough room")
              .because(
                  Human.bytes(no.neededBytes())
                      + " are needed, "
                      + Human.bytes(no.freeBytes())
                      + " are free");
      default -> Volumes.failure(e, session);
    };
  }
}
