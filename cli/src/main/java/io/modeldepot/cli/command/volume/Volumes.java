package io.modeldepot.cli.command.volume;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.settings.Setting;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.VolumeRefused;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Opens the volume, and says what is wrong with it in a person's words. */
public final class Volumes {
  private Volumes() {}

  /** The store in the configured directory. */
  public static ModelStore open(Session session) {
    try {
      return ModelStore.open(session.modelsDir());
    } catch (IOException e) {
      throw failure(e, session);
    }
  }

  /** What an error of the store means here. */
  public static Failure failure(IOException e, Session session) {
    Path root = session.modelsDir();
    return switch (e) {
      case VolumeRefused refused -> refused(refused, session);
      case UnreadableFile unreadable ->
          Failure.of(ExitCode.WRONG_BYTES, "altered", "a file of the store cannot be read")
              .because(String.valueOf(unreadable.getMessage()))
              .tryThis(new Try("see all that is wrong", "doctor --only store"));
      case BadNames bad ->
          Failure.of(ExitCode.REFUSED, "bad-name", "a file's name must not be on the volume")
              .because(String.valueOf(bad.getMessage()));
      case FileCallFailed call -> refusedCall(call, call.errno(), root);
      case AccessDeniedException denied -> refusedCall(denied, Errno.EACCES, root);
      default ->
          Failure.of(ExitCode.UNREACHABLE, "volume-error", root + ": the volume does not work")
              .because(String.valueOf(e.getMessage()))
              .tryThis(new Try("check the volume", "doctor --only store"));
    };
  }

  private static Failure refused(VolumeRefused refused, Session session) {
    Failure failure =
        Failure.of(ExitCode.UNREACHABLE, "volume-error", String.valueOf(refused.getMessage()))
            .because(
                "the directory comes from: "
                    + session.settings().found(Setting.MODELS_DIR).origin());
    return switch (refused.reason()) {
      case MISSING, NOT_SET_UP ->
          failure
              .tryThis(new Try("make it a volume", "setup --models-dir " + session.modelsDir()))
              .tryThis(Try.words("or name the right one with --models-dir or MODELS_DIR"));
      case OTHER_LOCATION -> failure.tryThis(Try.words("name its own location with --location"));
      case OTHER_VOLUME, UNREADABLE, OTHER_OWNER ->
          failure.tryThis(new Try("check the volume", "doctor --only store"));
    };
  }

  private static Failure refusedCall(IOException e, Errno errno, Path root) {
    String what = String.valueOf(e.getMessage());
    return switch (errno) {
      case EACCES, EPERM ->
          Failure.of(ExitCode.UNREACHABLE, "volume-error", root + " may not be written to")
              .because(what + " (you are " + System.getProperty("user.name", "?") + ")")
              .tryThis(
                  Try.words("give it to yourself: sudo install -d -o \"$USER\" -m 0755 " + root))
              .tryThis(Try.words("or choose a directory of yours: --models-dir ~/ai-models"));
      case EROFS ->
          Failure.of(ExitCode.UNREACHABLE, "volume-error", root + " is mounted read-only")
              .because(what)
              .tryThis(Try.words("mount it writable here, or run this where it is"));
      case ENOSPC, EDQUOT ->
          Failure.of(ExitCode.NO_SPACE, "no-space", root + ": no space left")
              .because(what)
              .tryThis(Try.words("see what takes it: du -sh " + root + "/*"));
      default ->
          Failure.of(ExitCode.UNREACHABLE, "volume-error", root + ": the volume does not work")
              .because(what)
              .tryThis(new Try("check the volume", "doctor --only store"));
    };
  }
}
