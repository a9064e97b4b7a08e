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
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Opens the volume, and says what is wrong with it in a person's words. */
public final class Volumes {
  private static final String DEPOT = ".depot";
  private static final String VOLUME_FILE = DEPOT + "/volume.json";

  private Volumes() {}

  /** The store in the configured directory. */
  public static ModelStore open(Session session) {
    try {
      return ModelStore.open(session.modelsDir());
    } catch (IOException e) {
      throw failure(e, session);
    }
  }

  /**
   * The store, to be changed. A process that is not the volume's owner is refused before it makes
   * anything: a directory of another user would keep the owner out for good.
   */
  public static ModelStore openToWrite(Session session) {
    ModelStore store = open(session);
    try {
      store.volume().requireOwner();
      return store;
    } catch (IOException e) {
      throw failure(e, session);
    }
  }

  /**
   * The same for setup, which may also find no volume yet.
   *
   * @throws VolumeRefused if there is a volume, and it is another user's
   */
  static void requireOwnerOfWhatIsThere(Session session) throws IOException {
    if (Files.exists(session.modelsDir().resolve(VOLUME_FILE))) {
      ModelStore.open(session.modelsDir()).volume().requireOwner();
    }
  }

  /** What an error means that came out of a stream of files. */
  static Failure failure(UncheckedIOException e, Session session) {
    IOException cause = e.getCause();
    return failure(cause == null ? new IOException(e) : cause, session);
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
      case FileCallFailed call -> refusedCall(call, call.errno(), session);
      case AccessDeniedException denied -> refusedCall(denied, Errno.EACCES, session);
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
      case OTHER_OWNER -> asOwner(failure, session);
      case OTHER_VOLUME, UNREADABLE ->
          failure.tryThis(new Try("check the volume", "doctor --only store"));
    };
  }

  private static Failure refusedCall(FileSystemException e, Errno errno, Session session) {
    Path root = session.modelsDir();
    String what = String.valueOf(e.getMessage());
    return switch (errno) {
      case EACCES, EPERM -> notAllowed(e, session);
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

  /**
   * A directory that is to become a volume can be given to the person; a volume that is there has
   * an owner who writes to it, and taking it away from them would break it.
   */
  private static Failure notAllowed(FileSystemException e, Session session) {
    Path root = session.modelsDir();
    Path path = e.getFile() == null ? root : Path.of(e.getFile());
    String why = e.getMessage() + " (you are " + you() + ")";
    if (!path.startsWith(root) && !root.startsWith(path)) {
      return Failure.usage(path + " may not be read by you")
          .because(why)
          .tryThis(Try.words("let yourself read it, or name another directory"));
    }
    Failure failure =
        Failure.of(ExitCode.UNREACHABLE, "volume-error", path + ": permission denied").because(why);
    return Files.exists(root.resolve(DEPOT), LinkOption.NOFOLLOW_LINKS)
        ? asOwner(failure, session)
        : failure
            .tryThis(Try.words("give it to yourself: sudo install -d -o \"$USER\" -m 0755 " + root))
            .tryThis(Try.words("or choose a directory of yours: --models-dir ~/ai-models"));
  }

  private static Failure asOwner(Failure failure, Session session) {
    String owner = owner(session.modelsDir().resolve(DEPOT));
    return owner.equals(you())
        ? failure.tryThis(new Try("check the volume", "doctor --only store"))
        : failure.tryThis(
            Try.words(
                "run it as the volume's owner: sudo -u "
                    + (owner.matches("[0-9]+") ? "'#" + owner + "'" : owner)
                    + " "
                    + session.program()
                    + " ..."));
  }

  private static String owner(Path directory) {
    try {
      return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "OWNER";
    }
  }

  private static String you() {
    return System.getProperty("user.name", "?");
  }
}
