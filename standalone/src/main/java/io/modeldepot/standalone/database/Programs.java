package io.modeldepot.standalone.database;

import io.modeldepot.standalone.child.Spawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that run to their end. */
final class Programs {
  private static final int PATIENCE_SECONDS = 120;
  private static final int MOST_LINES = 5;

  private Programs() {}

  /** True when the program could be started and ended with 0. */
  static boolean succeeds(List<String> command) {
    try {
      Process process =
          Spawn.without(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return end(process, command) == 0;
    } catch (IOException cannotStart) {
      return false;
    }
  }

  /**
   * Runs a program, its output appended to a file.
   *
   * @throws IOException if it cannot be started or does not end with 0; says which and where to
   *     read on
   */
  static void run(List<String> command, Path output) throws IOException {
    Process process =
        Spawn.without(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    process.getOutputStream().close();
    int status = end(process, command);
    if (status != 0) {
      throw new IOException(
          "%s ended with %d and said: %s (all of it is in %s)"
              .formatted(name(command), status, lastLines(output), output));
    }
  }

  private static String lastLines(Path output) throws IOException {
    List<String> lines =
        Files.readString(output, StandardCharsets.ISO_8859_1)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
  }

  private static int end(Process process, List<String> command) throws IOException {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("%s did not end in %d s".formatted(name(command), PATIENCE_SECONDS));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for " + name(command), e);
    }
  }

  private static String name(List<String> command) {
    return String.valueOf(
        command.stream()
            .filter(word -> word.contains("/bin/"))
            .findFirst()
            .map(word -> Path.of(word).getFileName().toString())
            .orElse(command.getFirst()));
  }
}
