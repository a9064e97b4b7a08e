package io.modeldepot.cli.command.maintenance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written beside its place, {@code .NAME.part}, and stands there whole or not at
 * all. What is unfinished is removed also when the process is told to end: Ctrl-C, a hang-up, a
 * {@code kill}. Only a {@code kill -9} leaves it.
 */
final class UnfinishedFile implements AutoCloseable {
  private final Path target;
  private final Path unfinished;
  private final Thread atTheEnd = new Thread(this::leave, "remove-unfinished");
  private boolean left;

  UnfinishedFile(Path target) {
    this.target = target;
    this.unfinished = target.resolveSibling("." + target.getFileName() + ".part");
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /** Begins it, anew if another process left one; the caller closes the stream. */
  synchronized OutputStream open() throws IOException {
    if (left) {
      throw new IOException(unfinished + " is not begun: this process ends");
    }
    return Files.newOutputStream(unfinished);
  }

  /** Puts it in its place; its stream is closed before. */
  synchronized void finish() throws IOException {
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized void leave() {
    left = true;
    try {
      boolean unused = Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // It has a name that says what it is; the command has already said what went wrong.
      return;
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    leave();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // The process ends already; then it has run.
      return;
    }
  }
}
