package io.modeldepot.janitor.cleanup;

import java.time.Duration;
import java.util.Locale;

/** Figures as people say them. */
final class Words {
  private static final double STEP = 1000;

  private Words() {}

  static String span(Duration span) {
    if (span.toDays() >= 2) {
      return span.toDays() + " days";
    }
    if (span.toHours() >= 2) {
      return span.toHours() + " h";
    }
    return span.toMinutes() >= 2 ? span.toMinutes() + " min" : span.toSeconds() + " s";
  }

  static String bytes(long bytes) {
    double value = bytes;
    for (String unit : new String[] {"B", "kB", "MB", "GB"}) {
      if (value < STEP) {
        return String.format(Locale.ROOT, unit.equals("B") ? "%.0f %s" : "%.1f %s", value, unit);
      }
      value /= STEP;
    }
    return String.format(Locale.ROOT, "%.1f TB", value);
  }
}
