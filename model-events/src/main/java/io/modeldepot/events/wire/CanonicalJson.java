package io.modeldepot.events.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON in the one form that is hashed and signed: the JSON Canonicalization Scheme, RFC 8785. No
 * white space, members sorted by the UTF-16 code units of their names, strings and numbers written
 * as ECMAScript writes them.
 */
public final class CanonicalJson {
  private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);

  private CanonicalJson() {}

  /**
   * The canonical bytes of a value, in UTF-8. Two trees that are equal as JSON have equal bytes.
   *
   * @throws IllegalArgumentException for what JSON cannot say: not-a-number, infinity, a lone
   *     surrogate, bytes
   */
  public static byte[] bytes(JsonNode value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The canonical bytes of a payload, as {@link Wire} writes it. */
  public static byte[] of(Object payload) {
    return bytes(Wire.mapper().valueToTree(payload));
  }

  private static void write(JsonNode value, StringBuilder out) {
    switch (value.getNodeType()) {
      case OBJECT -> object(value, out);
      case ARRAY -> {
        out.append('[');
        for (int i = 0; i < value.size(); i++) {
          if (i > 0) {
            out.append(',');
          }
          write(value.get(i), out);
        }
        out.append(']');
      }
      case STRING -> string(value.textValue(), out);
      case NUMBER -> out.append(number(value));
      case BOOLEAN -> out.append(value.booleanValue());
      case NULL -> out.append("null");
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("Not JSON: " + value.getNodeType() + ".");
    }
  }

  private static void object(JsonNode object, StringBuilder out) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.sort(String::compareTo); // Java compares strings by UTF-16 code units, as RFC 8785 asks
    out.append('{');
    String separator = "";
    for (String name : names) {
      out.append(separator);
      string(name, out);
      out.append(':');
      write(object.get(name), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void string(String text, StringBuilder out) {
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
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 0xf, 16));
          } else if (Character.isSurrogate(c) && !paired(text, i)) {
            throw new IllegalArgumentException("A string with half a character cannot be hashed.");
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  private static String number(JsonNode value) {
    if (value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(EXACT) <= 0) {
      return value.bigIntegerValue().toString();
    }
    return ecmaScript(value.doubleValue());
  }

  /** ECMAScript's Number::toString: the shortest digits that read back as the same double. */
  private static String ecmaScript(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("JSON has no " + number + ".");
    }
    if (number == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    StringBuilder out = new StringBuilder(number < 0 ? "-" : "");
    if (point > 0 && point <= 21) {
      if (digits.length() <= point) {
        out.append(digits).append("0".repeat(point - digits.length()));
      } else {
        out.append(digits, 0, point).append('.').append(digits, point, digits.length());
      }
    } else if (point <= 0 && point > -6) {
      out.append("0.").append("0".repeat(-point)).append(digits);
    } else {
      out.append(digits.charAt(0));
      if (digits.length() > 1) {
        out.append('.').append(digits, 1, digits.length());
      }
      out.append('e').append(point > 0 ? "+" : "-").append(Math.abs(point - 1));
    }
    return out.toString();
  }

  /** {@link Double#toString} never writes fewer than two digits; where one will do, it is one. */
  private static BigDecimal shortest(double number) {
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return one.doubleValue() == number ? one.stripTrailingZeros() : digits;
  }
}
