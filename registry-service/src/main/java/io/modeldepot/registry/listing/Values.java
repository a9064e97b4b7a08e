package io.modeldepot.registry.listing;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.problem.ProblemException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of filters: {@code 30g}, {@code 7d}, {@code true}. */
final class Values {
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([kmgtp]?)b?");
  private static final Pattern AGE = Pattern.compile("(\\d+)(s|m|h|d|w|mo|y)");

  private Values() {}

  /** Bytes; units are powers of 1000, as hubs show them. */
  static long size(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw refused("\"" + text + "\" is not a size; write 500, 30g or 1.5TB.");
    }
    try {
      return new BigDecimal(matcher.group(1))
          .scaleByPowerOfTen(power(matcher.group(2)))
          .toBigInteger()
          .longValueExact();
    } catch (ArithmeticException e) {
      throw refused("\"" + text + "\" is too large.");
    }
  }

  /** The moment that is so long ago. */
  static Instant ago(String text, Instant now) {
    Matcher matcher = AGE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw refused("\"" + text + "\" is not an age; write 90s, 12h, 7d, 2w, 3mo or 1y.");
    }
    try {
      return now.minus(unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
    } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
      throw refused("\"" + text + "\" is too long ago.");
    }
  }

  private static int power(String unit) {
    return switch (unit) {
      case "k" -> 3;
      case "m" -> 6;
      case "g" -> 9;
      case "t" -> 12;
      case "p" -> 15;
      default -> 0;
    };
  }

  private static Duration unit(String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      case "mo" -> Duration.ofDays(30);
      default -> Duration.ofDays(365);
    };
  }

  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw refused("\"" + text + "\" is not a whole number.");
    }
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default -> throw refused("\"" + text + "\" is neither true nor false.");
    };
  }

  static ProblemException refused(String detail) {
    return ProblemException.of(ProblemCode.BAD_REQUEST, detail);
  }
}
