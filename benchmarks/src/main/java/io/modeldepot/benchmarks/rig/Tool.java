package io.modeldepot.benchmarks.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A shell command as people type it, timed from outside. */
public final class Tool {
  private Tool() {}

  /**
   * What a run took.
   *
   * @param seconds wall
   * @param cpuSeconds user and system of everything it ran
   */
  public record Took(double seconds, double cpuSeconds) {}

  /** Whether a program is on the path. */
  public static boolean has(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-c", "command -v " + program)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /**
   * Runs a command line of bash in a folder.
   *
   * @throws IOException if it fails, with what it said
   */
  public static Took run(Path folder, String command) throws IOException, InterruptedException {
    long before = System.nanoTime();
    Process process =
        new ProcessBuilder("bash", "-c", "set -e; " + command + " >&2; times")
            .directory(folder.toFile())
            .redirectError(folder.resolve("tool.log").toFile())
            .start();
    String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command + " failed, see " + folder.resolve("tool.log"));
    }
    return new Took((System.nanoTime() - before) / 1e9, cpuOfChildren(times));
  }

  /**
   * Touches as many pages of the file cache as a file needs, and gives them back. On a virtual
   * machine the first touch of a page costs several times what copying to it does, as the host has
   * to find memory for it; everybody in a contest begins after that.
   *
   * @param folder on the disk that is raced on
   */
  public static void touchMemory(Path folder, long bytes) throws IOException, InterruptedException {
    Took unused = run(folder, "dd if=/dev/zero of=touched bs=1M count=" + (bytes >> 20));
    Files.delete(folder.resolve("touched"));
  }

  /** Bash's {@code times}: the second line has the children's user and system time. */
  private static double cpuOfChildren(String times) {
    List<String> words = List.of(times.strip().split("\\s+", -1));
    return seconds(words.get(2)) + seconds(words.get(3));
  }

  private static double seconds(String minutesAndSeconds) {
    String[] parts = minutesAndSeconds.replace("s", "").replace(',', '.').split("m", -1);
    return 60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
  }
}
