package io.modeldepot.benchmarks.whole;

import io.modeldepot.benchmarks.rig.Rig;
import io.modeldepot.benchmarks.rig.Shelf;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code make bench}: every contest of whole processes, or those that are named. */
public final class WholeMain {
  private static final Set<String> CONTESTS = Set.of("download", "change", "latency", "delta");
  private static final long GIB = 1L << 30;

  private WholeMain() {}

  /**
   * @param args names of contests, {@code runs=N}, {@code gib=N} (of the raced file), {@code
   *     change-gib=N}, {@code mib=N} and {@code mbit=N} (of the file in the contest {@code delta},
   *     and what a location may fetch a second there); everything has a default
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = (int) number(args, "runs", 5);
    long raceBytes = number(args, "gib", 2) * GIB;
    long deltaBytes = number(args, "mib", raceBytes >> 20) << 20;
    long changeBytes = number(args, "change-gib", 10) * GIB;
    List<String> wanted = List.of(args).stream().filter(CONTESTS::contains).toList();
    Path root = Path.of(System.getProperty("depot.root", ".")).toAbsolutePath().normalize();
    Path work =
        Files.createTempDirectory(
            Files.createDirectories(root.resolve("benchmarks/target")), "bench-");
    Report report = new Report(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    report.say(
        "# Whole processes, %s, %d processors, Java %s",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    Shelf shelf = Shelf.make(Files.createDirectories(work.resolve("hub")));
    List<Shelf.Made> raced = new ArrayList<>();
    if (asked(wanted, "download")) {
      raced.addAll(DownloadRace.prepare(shelf, runs, raceBytes));
    }
    Change change = asked(wanted, "change") ? Change.prepare(shelf, report, changeBytes) : null;
    DeltaRace delta =
        asked(wanted, "delta")
            ? DeltaRace.prepare(
                new DeltaRace.Course(root, work, deltaBytes, number(args, "mbit", 0)),
                shelf,
                runs,
                report)
            : null;
    try (Rig rig = Rig.start(root, work, shelf.root())) {
      if (asked(wanted, "latency")) {
        report.title("Event to row, visible by REST");
        new EventLatency(report).run(rig);
      }
      if (!raced.isEmpty()) {
        report.title(
            "Download and verify, one file of %d GiB, loopback".formatted(raceBytes / GIB));
        new DownloadRace(work, report, raced, raceBytes).run(rig);
      }
      if (change != null) {
        report.title("Update and rollback, a model of %d GiB".formatted(changeBytes / GIB));
        change.run(rig);
      }
      if (delta != null) {
        report.title(
            "An update from another location, one file of %d MiB".formatted(deltaBytes >> 20));
        delta.run(rig);
      }
    } finally {
      delete(work);
    }
  }

  private static boolean asked(List<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private static long number(String[] args, String name, long otherwise) {
    for (String arg : args) {
      if (arg.startsWith(name + "=")) {
        return Long.parseLong(arg.substring(name.length() + 1));
      }
    }
    return otherwise;
  }

  private static void delete(Path folder) throws IOException, InterruptedException {
    Process unused = new ProcessBuilder("rm", "-rf", folder.toString()).inheritIO().start();
    int status = unused.waitFor();
    if (status != 0) {
      throw new IOException(folder + " could not be removed");
    }
  }
}
