package io.modeldepot.systemtests.depot;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands as people type them. */
public final class Shell {
  private final Map<String, String> environment;
  private final Path folder;

  /** Commands in a folder, with these variables on top of ours. */
  public Shell(Path folder, Map<String, String> environment) {
    ClassCaches.command();
    this.folder = folder;
    this.environment = new HashMap<>(environment);
  }

  /** What a command printed and how it ended. */
  public record Result(int exit, String out, String err) {
    /** Standard output of a command that succeeded. */
    public String ok() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + "\n" + out + "\n" + err);
      }
      return out;
    }
  }

  /** Whether a program is on the PATH here. */
  public static boolean has(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Runs a line with bash. */
  public Result run(String line) {
    try {
      Path out = Files.createTempFile("shell", ".out");
      Path err = Files.createTempFile("shell", ".err");
      ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", line));
      builder.directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("Did not end: " + line + "\n" + Files.readString(err));
      }
      Result result =
          new Result(
              process.exitValue(),
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The operator's command with these arguments. */
  public Result depot(String arguments) {
    return run(Repository.root().resolve("scripts/manage-ai-models.sh") + " " + arguments);
  }
}
