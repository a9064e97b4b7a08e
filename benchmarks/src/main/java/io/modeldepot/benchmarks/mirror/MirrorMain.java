package io.modeldepot.benchmarks.mirror;

import io.modeldepot.benchmarks.rig.MirrorProcess;
import io.modeldepot.benchmarks.rig.MirrorProcess.Compiler;
import io.modeldepot.benchmarks.rig.Shelf;
import io.modeldepot.benchmarks.rig.Tool;
import io.modeldepot.benchmarks.rig.Usage;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code make bench-mirror}: throughput, requests per second and memory, beside nginx. */
public final class MirrorMain {
  private static final long MIB = 1L << 20;
  private static final int SLOW_CLIENTS = 200;
  private static final int WARM_UP = 4;
  private static final Duration SLOW = Duration.ofSeconds(20);
  private static final String LARGE = "model.safetensors";
  private static final String SMALL = "config.json";
  private static final Pattern RATE = Pattern.compile("Requests(?:/sec| per second):\\s+([0-9.]+)");

  private final Path work;
  private final long fileBytes;
  private final int runs;
  private final Compiler compiler;

  private MirrorMain(Path work, long fileBytes, int runs, Compiler compiler) {
    this.work = work;
    this.fileBytes = fileBytes;
    this.runs = runs;
    this.compiler = compiler;
  }

  /**
   * @param args {@code mib=N}, how large the large file is, 2048; {@code runs=N}, 5; {@code
   *     compiler=both} lets the mirror's JVM use both of its compilers and not the first alone
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("depot.root", ".")).toAbsolutePath().normalize();
    if (!Tool.has("nginx")) {
      say(
          "nginx is not on the path: there is nothing to compare with. Install nginx and run again.");
      return;
    }
    Path work =
        Files.createTempDirectory(
            Files.createDirectories(root.resolve("benchmarks/target")), "mirror-");
    try {
      Compiler compiler = List.of(args).contains("compiler=both") ? Compiler.BOTH : Compiler.FIRST;
      new MirrorMain(work, number(args, "mib", 2048) * MIB, (int) number(args, "runs", 5), compiler)
          .run(root);
    } finally {
      DirectoryTree.remove(new LinuxCalls(), work);
    }
  }

  private void run(Path root) throws IOException, InterruptedException {
    Shelf shelf = Shelf.make(Files.createDirectory(work.resolve("volume")));
    Shelf.Made made =
        shelf.publish("raced", 1, List.of(new Shelf.Weights(LARGE, 1, fileBytes - 4096)));
    Path folder = shelf.file(made, "raced", ".").normalize();
    say(
        "# The mirror beside nginx, %s, %d processors, Java %s, compiler=%s",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        compiler.name().toLowerCase(Locale.ROOT));
    Map<String, String> settings = Map.of("DEPOT_MIRROR_SERVE_TRANSFERS_PER_CLIENT", "0");
    try (MirrorProcess mirror = MirrorProcess.start(root, work, shelf.root(), settings, compiler);
        Nginx nginx = Nginx.start(work, folder)) {
      URI ours = mirror.url().resolve("/" + made.repository() + "/resolve/" + made.commit() + "/");
      URI theirs = nginx.url().resolve("/");
      warm(ours, theirs);
      for (int connections : List.of(1, 8)) {
        throughput(ours, theirs, connections);
      }
      requests(ours, theirs);
      memory(mirror, ours);
    }
  }

  /** The file into the page cache, the mirror's code through the compiler. */
  private void warm(URI ours, URI theirs) throws IOException, InterruptedException {
    for (URI server : List.of(theirs, ours)) {
      Tool.Took unused = fetch(server, 1);
    }
  }

  private void throughput(URI ours, URI theirs, int connections)
      throws IOException, InterruptedException {
    say(
        "%n## A warm file of %d MiB, %d connections of curl%n%n| run | load | nginx | mirror | ratio of rates |%n|---|---|---|---|---|",
        fileBytes / MIB, connections);
    List<Double> ratios = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      String load = load();
      double nginx = fetch(theirs, connections).seconds();
      double mirror = fetch(ours, connections).seconds();
      ratios.add(nginx / mirror);
      say(
          "| %d | %s | %.0f MiB/s | %.0f MiB/s | %.2f |",
          run, load, fileBytes / nginx / MIB, fileBytes / mirror / MIB, nginx / mirror);
    }
    say("%nMedian %.2f.", median(ratios));
  }

  /** Every connection takes its share of the file. */
  private Tool.Took fetch(URI server, int connections) throws IOException, InterruptedException {
    StringBuilder command = new StringBuilder("{ ");
    long share = fileBytes / connections;
    for (int i = 0; i < connections; i++) {
      String end = i == connections - 1 ? "" : String.valueOf((i + 1) * share - 1);
      command.append(
          "curl -sf -o /dev/null -r %d-%s %s & ".formatted(i * share, end, server.resolve(LARGE)));
    }
    return Tool.run(
        work, command.append("for one in $(jobs -p); do wait $one; done; }").toString());
  }

  private void requests(URI ours, URI theirs) throws IOException, InterruptedException {
    String tool =
        Tool.has("wrk")
            ? "wrk -t1 -c32 -d5s "
            : Tool.has("ab") ? "ab -q -k -c32 -t5 -n1000000 " : "";
    if (tool.isEmpty()) {
      say("%nNeither wrk nor ab is on the path: small files are not measured.");
      return;
    }
    double warmed = 0;
    for (int i = 0; i < WARM_UP; i++) {
      warmed += rate(tool, ours) / WARM_UP;
    }
    say(
        "%n## A small file, %s, 32 connections%n%n| run | load | nginx | mirror | ratio |%n|---|---|---|---|---|",
        tool.substring(0, tool.indexOf(' ')));
    List<Double> ratios = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      String load = load();
      double nginx = rate(tool, theirs);
      double mirror = rate(tool, ours);
      ratios.add(mirror / nginx);
      say("| %d | %s | %.0f/s | %.0f/s | %.2f |", run, load, nginx, mirror, mirror / nginx);
    }
    say(
        "%nMedian %.2f. While its code was being compiled the mirror answered %.0f/s.",
        median(ratios), warmed);
  }

  private double rate(String tool, URI server) throws IOException, InterruptedException {
    Path said = work.resolve("rate.txt");
    Tool.Took unused = Tool.run(work, "{ " + tool + server.resolve(SMALL) + " > " + said + "; }");
    Matcher rate = RATE.matcher(Files.readString(said));
    if (!rate.find()) {
      throw new IOException(tool + " did not say how many requests it made, see " + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  private void memory(MirrorProcess mirror, URI ours) throws IOException, InterruptedException {
    Usage.forgetPeak(mirror.pid());
    long before = Usage.of(mirror.pid()).peakBytes();
    SlowClients.read(ours.resolve(LARGE), SLOW_CLIENTS, SLOW);
    long after = Usage.of(mirror.pid()).peakBytes();
    say(
        "%n## Memory with %d clients of 64 KiB/s, %d s%n%n%d MiB resident before, %d MiB at the peak.",
        SLOW_CLIENTS, SLOW.toSeconds(), before / MIB, after / MIB);
  }

  private static double median(List<Double> values) {
    values.sort(null);
    return values.get(values.size() / 2);
  }

  private static String load() throws IOException {
    String all = Files.readString(Path.of("/proc/loadavg"));
    return all.substring(0, all.indexOf(' '));
  }

  private static long number(String[] args, String name, long otherwise) {
    for (String arg : args) {
      if (arg.startsWith(name + "=")) {
        return Long.parseLong(arg.substring(name.length() + 1));
      }
    }
    return otherwise;
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
