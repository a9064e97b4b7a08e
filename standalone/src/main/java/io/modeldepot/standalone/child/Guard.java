package io.modeldepot.standalone.child;

import java.io.IOException;
import java.util.List;

/**
 * Ends a process that knows nothing of a {@link Leash} when this JVM is gone, kill -9 included. It
 * is a shell that waits for the end of its standard input, asks the process to end, and kills it
 * when it has not done so after twenty seconds.
 */
public final class Guard implements AutoCloseable {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      while read -r line; do :; done
      kill -"$2" "$1" || exit 0
      left=40
      while [ "$left" -gt 0 ] && kill -0 "$1"; do sleep 0.5; left=$((left - 1)); done
      kill -0 "$1" && kill -KILL "$1"
      """;

  private final Process shell;

  private Guard(Process shell) {
    this.shell = shell;
  }

  /**
   * Guards a process until closed.
   *
   * @param signal how it is asked to end, for example {@code TERM}
   */
  public static Guard over(long pid, String signal) throws IOException {
    return new Guard(
        Spawn.without(List.of("sh", "-c", SCRIPT, "depot-guard", Long.toString(pid), signal))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Lets go: the process is left alone from now on. */
  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
