package io.modeldepot.registry.desired.document;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, spans and times as a file writes them, both ways. */
final class Amounts {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?) ?([KMGTP]i?)?B?");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smhdw])");
  private static final String UNITS = "KMGTP";

  private Amounts() {}

  /** Bytes: {@code 40GiB}, {@code 1.5TB}, {@code 1024}. */
  static Optional<Long> bytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit.charAt(0)) + 1;
    BigDecimal base = BigDecimal.valueOf(unit.endsWith("i") ? 1024 : 1000);
    try {
      return Optional.of(
          new BigDecimal(matcher.group(1))
              .multiply(base.pow(power))
              .toBigInteger()
              .longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The shortest text that means exactly so many bytes. */
  static String size(long bytes) {
    for (int power = UNITS.length(); power > 0; power--) {
      long binary = 1L << (10 * power);
      long decimal = BigDecimal.TEN.pow(3 * power).longValueExact();
      if (bytes >= binary && bytes % binary == 0) {
        return bytes / binary + UNITS.substring(power - 1, power) + "iB";
      }
      if (bytes >= decimal && bytes % decimal == 0) {
        return bytes / decimal + UNITS.substring(power - 1, power) + "B";
      }
    }
    return Long.toString(bytes);
  }

  /** Seconds: {@code 90s}, {@code 30m}, {@code 72h}, {@code 3d}, {@code 2w}. */
  static Optional<Long> seconds(String text) {
    Matcher matcher = SPAN.matcher(text.toLowerCase(Locale.ROOT));
    return matcher.matches()
        ? Optional.of(unit(matcher.group(2)).toSeconds() * Long.parseLong(matcher.group(1)))
        : Optional.empty();
  }

  /** The text that means exactly so many seconds, in hours where that is possible. */
  static String span(long seconds) {
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** A time, or a day: then its first moment in UTC. */
  static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          text.length() == "2026-11-30".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}
