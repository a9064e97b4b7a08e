package io.modeldepot.events.terms;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Numbers as people read them, the same in the command and in the registry's tables. Files in
 * decimal units, as hubs show them (13.5 GB); records and machine forms never use this.
 */
public final class Figures {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final double GIB = 1L << 30;

  private Figures() {}

  /** "13.5 GB", "500 B". */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 99.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** Memory of a GPU, "12.6": the unit, GiB, stands in the heading. */
  public static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIB);
  }

  /** "4 min", "2 h", "9 d": how long ago; a moment in the future (clocks differ) reads "now". */
  public static String age(Instant then, Instant now) {
    Duration gone = Duration.between(then, now);
    if (gone.toSeconds() < 5) {
      return "now";
    }
    if (gone.toSeconds() < 90) {
      return gone.toSeconds() + " s";
    }
    if (gone.toMinutes() < 90) {
      return gone.toMinutes() + " min";
    }
    return gone.toHours() < 48 ? gone.toHours() + " h" : gone.toDays() + " d";
  }

  /** "38 %"; nothing of nothing is none. */
  public static String percent(long done, long total) {
    return total <= 0 ? "0 %" : Math.min(100, Math.floorDiv(done * 100L, total)) + " %";
  }
}
