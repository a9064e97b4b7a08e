package io.modeldepot.benchmarks.delta;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code make bench-delta}: what updates of a weights file would move. */
public final class DeltaMain {
  private static final double MIB = 1 << 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private DeltaMain() {}

  /**
   * @param args {@code mib=N}, how large the model is, 256
   */
  public static void main(String[] args) {
    long mib = 256;
    for (String arg : args) {
      if (arg.startsWith("mib=")) {
        mib = Long.parseLong(arg.substring(4));
      }
    }
    SmallModel base = SmallModel.of(mib << 20);
    byte[] file = base.file();
    say(
        "# Updates of a safetensors file of %.0f MiB of bf16, %s, %d processors, Java %s",
        file.length / MIB,
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    List<Way> ways = Way.all();
    ways.forEach(way -> seconds(way, base, file));
    tableOfWays(ways, base, file);
    tableOfEdits(ways, base, file);
  }

  /** What one file costs, whatever is edited. */
  private static void tableOfWays(List<Way> ways, SmallModel base, byte[] file) {
    say("");
    say("| way | processor, s per GiB of the new file | list, of the file |");
    say("|---|---|---|");
    for (Way way : ways) {
      // Both files are listed, of which the sender does one and the receiver kept the other.
      double both = Math.min(seconds(way, base, file), seconds(way, base, file));
      double one = way instanceof Way.Listed ? both / 2 : both;
      long list = way.cost(base, file, base, file).listBytes();
      say(
          "| %s | %.2f | %.4f %% |",
          way.name(), one * 1024 * MIB / file.length, 100.0 * list / file.length);
    }
  }

  private static void tableOfEdits(List<Way> ways, SmallModel base, byte[] file) {
    List<String> names = new ArrayList<>(List.of("edit"));
    ways.forEach(way -> names.add(way.name()));
    say("");
    say("Bytes to move, of the new file, the list included:");
    say("");
    say("| %s |", String.join(" | ", names));
    say("|%s", "---|".repeat(names.size()));
    for (Edits.Edit edit : Edits.all()) {
      SmallModel next = edit.change().apply(base);
      byte[] edited = next.file();
      List<String> row = new ArrayList<>(List.of(edit.name()));
      for (Way way : ways) {
        double part = 100.0 * way.cost(base, file, next, edited).movedBytes() / edited.length;
        row.add(String.format(Locale.ROOT, "%.2f %%", part));
      }
      say("| %s |", String.join(" | ", row));
    }
  }

  private static double seconds(Way way, SmallModel base, byte[] file) {
    long before = THREADS.getCurrentThreadCpuTime();
    Way.Cost unused = way.cost(base, file, base, file);
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
  }

  private static void say(String line, Object... values) {
    System.out.println(String.format(Locale.ROOT, line, values));
  }
}
