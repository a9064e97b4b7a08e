package io.modeldepot.store.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The canonical form of JSON, RFC 8785: no white space, members sorted by the UTF-16 units of their
 * names, strings with the fewest escapes, numbers as ECMAScript writes them. Two values that are
 * equal have the same bytes, so the bytes can be hashed and signed.
 */
public final class CanonicalJson {
  /** Beyond this an IEEE 754 double, which is what RFC 8785 counts with, skips integers. */
  private static final long LARGEST_EXACT = (1L << 53) - 1;

  private CanonicalJson() {}

  /** A payload of ours in canonical form, UTF-8. */
  public static byte[] write(Object value) {
    StringBuilder out = new StringBuilder();
    write(Wire.mapper().valueToTree(value), out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonNode node, StringBuilder out) {
    switch (node.getNodeType()) {
      case OBJECT -> writeObject(node, out);
      case ARRAY -> {
        String comma = "";
        out.append('[');
        for (JsonNode element : node) {
          out.append(comma);
          write(element, out);
          comma = ",";
        }
        out.append(']');
      }
      case STRING -> writeString(node.textValue(), out);
      case NUMBER -> out.append(number(node));
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("No JSON value: " + node.getNodeType());
    }
  }

  private static void writeObject(JsonNode node, StringBuilder out) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    // String's order is that of UTF-16 units, which is what the RFC asks for.
    Collections.sort(names);
    String comma = "";
    out.append('{');
    for (String name : names) {
      out.append(comma);
      writeString(name, out);
      out.append(':');
      write(node.get(name), out);
      comma = ",";
    }
    out.append('}');
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static String number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      long value = node.longValue();
      if (Math.abs(value) <= LARGEST_EXACT) {
        return Long.toString(value);
      }
    }
    return number(node.doubleValue());
  }

  /** ECMAScript's Number::toString, from the shortest digits that Java's own form has too. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("No JSON number: " + value);
    }
    if (value == 0) {
      return "0";
    }
    if (value < 0) {
      return "-" + number(-value);
    }
    BigDecimal shortest = shortest(value).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int k = digits.length();
    int n = k - shortest.scale();
    if (k <= n && n <= 21) {
      return digits + "0".repeat(n - k);
    }
    if (0 < n && n <= 21) {
      return digits.substring(0, n) + "." + digits.substring(n);
    }
    if (-6 < n && n <= 0) {
      return "0." + "0".repeat(-n) + digits;
    }
    String exponent = (n - 1 < 0 ? "-" : "+") + Math.abs(n - 1);
    return digits.charAt(0) + (k == 1 ? "" : "." + digits.substring(1)) + "e" + exponent;
  }

  /** Java writes two digits at least, and so 4.9E-324 where one digit, 5E-324, says the same. */
  private static BigDecimal shortest(double value) {
    BigDecimal oneDigit = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
    return oneDigit.doubleValue() == value ? oneDigit : new BigDecimal(Double.toString(value));
  }
}
