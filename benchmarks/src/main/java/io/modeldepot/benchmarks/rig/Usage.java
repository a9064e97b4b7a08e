package io.modeldepot.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel says a process has used.
 *
 * @param cpuSeconds user and system together, since its start
 * @param peakBytes the most memory it was ever resident with since {@link #forgetPeak}
 */
public record Usage(double cpuSeconds, long peakBytes) {
  /** Ticks of {@code /proc/PID/stat}: USER_HZ is 100 on every Linux that runs a JVM. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME_AFTER_NAME = 11;

  /** Of a process that runs; source: {@code proc_pid_stat(5)}, {@code proc_pid_status(5)}. */
  public static Usage of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name stands in brackets and may hold anything, also blanks and brackets.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    double ticks =
        Double.parseDouble(fields.get(UTIME_AFTER_NAME))
            + Double.parseDouble(fields.get(UTIME_AFTER_NAME + 1));
    return new Usage(ticks / TICKS_PER_SECOND, peak(pid));
  }

  /** The peak counts from now on. */
  public static void forgetPeak(long pid) throws IOException {
    Path unused = Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
  }

  /** What was used since then; the peak is the later one. */
  public Usage since(Usage before) {
    return new Usage(cpuSeconds - before.cpuSeconds, peakBytes);
  }

  private static long peak(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmHWM:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("The kernel does not say how much memory process " + pid + " had.");
  }
}
