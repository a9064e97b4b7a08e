package io.modeldepot.cli.output;

import io.modeldepot.events.terms.Figures;
import java.time.Instant;
import java.util.Locale;

/**
 * Numbers as people read them. Files in decimal units, as hubs show them (13.5 GB); machine forms
 * never use this.
 */
public final class Human {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Human() {}

  public static String bytes(long bytes) {
    return Figures.bytes(bytes);
  }

  /** "7.8/14.5 GB": both in the unit of the whole. */
  public static String bytesOf(long done, long total) {
    double divisor = 1;
    int unit = 0;
    while (total / divisor >= 999.5 && unit < UNITS.length - 1) {
      divisor *= 1000;
      unit++;
    }
    String form = unit == 0 ? "%.0f/%.0f %s" : "%.1f/%.1f %s";
    return String.format(Locale.ROOT, form, done / divisor, total / divisor, UNITS[unit]);
  }

  public static String rate(double bytesPerSecond) {
    return bytes(Math.round(bytesPerSecond)) + "/s";
  }

  /** "0:32", "12:05", "3:00:09". */
  public static String clock(long seconds) {
    long hours = seconds / 3600;
    long minutes = seconds / 60 % 60;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60);
  }

  /** "45s", "1m06s", "2h05m". */
  public static String span(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
  }

  /** "4 min", "2 h", "9 d": how long ago. */
  public static String age(Instant then, Instant now) {
    return Figures.age(then, now);
  }

  public static String percent(long done, long total) {
    return Figures.percent(done, total);
  }

  public static String count(long n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }
}
