package io.modeldepot.cli.command.bundle;

import io.modeldepot.backup.bundle.BadBundle;
import io.modeldepot.backup.export.WrongContent;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.unbundle.RefusedByPolicy;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.publish.NoSuchVersion;
import java.io.IOException;

/** What went wrong with a bundle, in a person's words. */
final class BundleFailure {
  private BundleFailure() {}

  static Failure of(IOException e, Session session) {
    String why = String.valueOf(e.getMessage());
    return switch (e) {
      case BadBundle bad -> bad(bad);
      case RefusedByPolicy refused ->
          Failure.of(ExitCode.REFUSED, "scan-refused", "the bundle is not taken in")
              .because(why + " " + String.join(" ", refused.findings()))
              .tryThis(
                  Try.words(
                      "if that is known and wanted:  DEPOT_TRUST_PICKLES=warn, or"
                          + " DEPOT_TRUST_REMOTE_CODE=warn"));
      case WrongContent wrong ->
          Failure.of(ExitCode.WRONG_BYTES, "altered", "there is no bundle: a file is altered")
              .because(why)
              .tryThis(new Try("see all that is wrong", "verify"));
      case NoSuchVersion gone ->
          Failure.of(ExitCode.NOT_FOUND, "unknown-version", "a version is not on the volume")
              .because(why)
              .tryThis(new Try("see what there is", "list --present"));
      case NoRoom no ->
          Failure.of(ExitCode.NO_SPACE, "no-space", "there is not enough room; nothing was changed")
              .because(
                  Human.bytes(no.neededBytes())
                      + " are needed, the volume has "
                      + Human.bytes(no.freeBytes()))
              .tryThis(new Try("see what could go", "cleanup --dry-run"));
      case ModelBusy busy ->
          Failure.of(ExitCode.CONFLICT, "in-use", "somebody works on a model of it")
              .because(why)
              .tryThis(Try.words("repeat this; what was written stays"));
      default -> Volumes.failure(e, session);
    };
  }

  private static Failure bad(BadBundle bad) {
    ExitCode exit =
        switch (bad.kind()) {
          case DAMAGED -> ExitCode.WRONG_BYTES;
          case UNTRUSTED, UNREADABLE -> ExitCode.REFUSED;
          case INCOMPLETE -> ExitCode.CONFLICT;
          case ELSEWHERE -> ExitCode.NOT_FOUND;
        };
    String headline =
        switch (bad.kind()) {
          case DAMAGED -> "something is damaged or missing; nothing was published";
          case UNTRUSTED -> "nobody who is trusted vouches for the bundle; nothing was published";
          case UNREADABLE -> "the bundle is refused; nothing was published";
          case INCOMPLETE -> "the bundle builds on what is not here; nothing was published";
          case ELSEWHERE -> "the bundle is not there";
        };
    return Failure.of(exit, "", headline)
        .because(String.valueOf(bad.getMessage()))
        .tryThis(Try.words(bad.remedy()));
  }
}
