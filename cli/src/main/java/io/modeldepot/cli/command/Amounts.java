package io.modeldepot.cli.command;

import io.modeldepot.cli.failure.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ages and sizes as people type them. */
public final class Amounts {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smhd])");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([kmgt]?)b?");

  private Amounts() {}

  /** "30d", "12h", "90m", "45s". */
  public static Duration span(String text, String option) {
    Matcher parts = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw Failure.usage(option + " \"" + text + "\" is no span of time")
          .because("it must look like 30d, 12h, 90m or 45s");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /** "100g", "1.5TB", "4096": decimal, as sizes are shown. */
  public static long bytes(String text, String option) {
    Matcher parts = BYTES.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw Failure.usage(option + " \"" + text + "\" is no size")
          .because("it must look like 100g, 1.5t or 4096");
    }
    double unit = Math.pow(1000, " kmgt".indexOf((parts.group(2) + " ").charAt(0)));
    return Math.round(Double.parseDouble(parts.group(1)) * unit);
  }
}
