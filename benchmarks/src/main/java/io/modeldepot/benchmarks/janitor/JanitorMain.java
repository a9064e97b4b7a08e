package io.modeldepot.benchmarks.janitor;

import io.modeldepot.benchmarks.rig.Tool;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** {@code make bench-janitor}: a cleanup's plan of a large site, and how fast the scrub reads. */
public final class JanitorMain {
  private static final int RUNS = 5;
  private static final long MIB = 1L << 20;

  private final Path work;

  private JanitorMain(Path work) {
    this.work = work;
  }

  /**
   * @param args {@code plan} or {@code scrub} alone; {@code mib=N}, how large the file is that is
   *     read, 2048
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> asked = List.of(args);
    long mib =
        asked.stream()
            .filter(it -> it.startsWith("mib="))
            .mapToLong(it -> Long.parseLong(it.substring(4)))
            .findFirst()
            .orElse(2048);
    Path root = Path.of(System.getProperty("depot.root", ".")).toAbsolutePath().normalize();
    Path work =
        Files.createTempDirectory(
            Files.createDirectories(root.resolve("benchmarks/target")), "janitor-");
    try {
      JanitorMain main = new JanitorMain(work);
      main.say(
          "# The janitor, %s, %d processors, Java %s",
          LocalDate.now(ZoneOffset.UTC),
          Runtime.getRuntime().availableProcessors(),
          Runtime.version().feature());
      if (!asked.contains("plan")) {
        main.scrub(mib * MIB);
      }
      if (!asked.contains("scrub")) {
        main.plan();
      }
    } finally {
      DirectoryTree.remove(new LinuxCalls(), work);
    }
  }

  /** One thread reads the way the scrub does, on the core on which openssl does it before. */
  private void scrub(long bytes) throws IOException, InterruptedException {
    Path file = work.resolve("weights.safetensors");
    fill(file, bytes);
    say(
        "%n## Reading %d MiB from memory, one core%n%n| run | openssl dgst -sha256 | the scrub's reader | ratio of rates |%n|---|---|---|---|",
        bytes / MIB);
    double warm = ours(file);
    List<Double> ratios = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      double openssl = Tool.run(work, "openssl dgst -sha256 " + file).seconds();
      double ours = ours(file);
      ratios.add(openssl / ours);
      say(
          "| %d | %.2f s, %.0f MiB/s | %.2f s, %.0f MiB/s | %.2f |",
          run,
          openssl,
          bytes / (double) MIB / openssl,
          ours,
          bytes / (double) MIB / ours,
          openssl / ours);
    }
    ratios.sort(null);
    say(
        "%nMedian %.2f (the first pass, while the compiler still worked: %.2f s).",
        ratios.get(RUNS / 2), warm);
    Files.delete(file);
  }

  private static double ours(Path file) throws IOException {
    long begun = System.nanoTime();
    var unused = Digests.of(new LinuxCalls(), file);
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void fill(Path file, long bytes) throws IOException {
    Random random = new Random(1);
    byte[] piece = new byte[(int) MIB];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < bytes; at += MIB) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
  }

  private void plan() throws IOException, InterruptedException {
    Path volume = Files.createDirectory(work.resolve("volume"));
    long begun = System.nanoTime();
    LargeVolume.FULL.fill(volume);
    say(
        "%n## A cleanup's plan%n%nThe volume took %.0f s to fill. Each run is a fresh process with a heap of 768 MiB.%n",
        (System.nanoTime() - begun) / 1e9);
    for (int run = 1; run <= 3; run++) {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx768m",
              "-XX:+UseSerialGC",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              PlanOnce.class.getName(),
              volume.toString());
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      say("%d. %s", run, said.strip());
      if (process.waitFor() != 0) {
        throw new IOException("The planning process failed: " + said);
      }
    }
  }

  private void say(String format, Object... values) {
    System.out.println(String.format(java.util.Locale.ROOT, format, values));
  }
}
