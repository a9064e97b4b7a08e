package io.modeldepot.placement.agent;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.placement.fleet.GpuProcess;
import io.modeldepot.placement.fleet.NvidiaSmi;
import io.modeldepot.placement.fleet.Utilisation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program {@code nvidia-smi}, started for every question; a driver that hangs makes it hang.
 *
 * @param path its name or path
 * @param patience how long it may take
 * @param utilisation what of a GPU may be planned with
 */
public record NvidiaSmiProgram(String path, Duration patience, Utilisation utilisation) {

  /** Whether there is such a program, be it broken. */
  public boolean isThere() {
    if (path.indexOf('/') >= 0) {
      return Files.isExecutable(Path.of(path));
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, path))) {
        return true;
      }
    }
    return false;
  }

  /**
   * What it tells of this host.
   *
   * @param gpus all of them
   * @param processes what each process takes of them
   */
  public record Seen(List<Gpu> gpus, List<GpuProcess> processes) {
    /** Nothing. */
    static final Seen NOTHING = new Seen(List.of(), List.of());
  }

  /** The GPUs of this host; see {@link #look}. */
  public List<Gpu> gpus() throws IOException, InterruptedException {
    return look().gpus();
  }

  /**
   * The GPUs of this host, and who uses them.
   *
   * @throws IOException with what the program said, if it does not answer as it should
   */
  public Seen look() throws IOException, InterruptedException {
    String xml = said("-q", "-x");
    String list = said("-L");
    try {
      return new Seen(NvidiaSmi.read(xml, list, utilisation), NvidiaSmi.processes(xml));
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** Into a file, because who reads from a pipe waits for every child that has it. */
  private String said(String... arguments) throws IOException, InterruptedException {
    Path answer = Files.createTempFile("nvidia-smi", ".out");
    try {
      List<String> command = new java.util.ArrayList<>(List.of(path));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(answer.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
      Process process = builder.start();
      try {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(
              "%s %s did not answer in %d s."
                  .formatted(path, String.join(" ", arguments), patience.toSeconds()));
        }
      } finally {
        process.destroyForcibly();
      }
      String text = Files.readString(answer, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s %s ended with %d: %s"
                .formatted(
                    path,
                    String.join(" ", arguments),
                    process.exitValue(),
                    text.lines().findFirst().orElse("")));
      }
      return text;
    } finally {
      Files.deleteIfExists(answer);
    }
  }
}
