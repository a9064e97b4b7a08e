package io.modeldepot.events.terms;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one sentence in which a term refuses a value. */
final class Forms {
  private static final int SHOWN_CHARACTERS = 120;

  private Forms() {}

  static void require(Pattern form, @Nullable String value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("A " + what + " is required.");
    }
    if (!form.matcher(value).matches()) {
      throw not(what, value, form.pattern());
    }
  }

  /** As {@link #require}, for digests: a survey reads millions, and a loop is ten times as fast. */
  static void requireHex(int digits, @Nullable String value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("A " + what + " is required.");
    }
    if (!isHex(digits, value)) {
      throw not(what, value, "[0-9a-f]{" + digits + "}");
    }
  }

  /** Whether it is so many lower-case hexadecimal digits. */
  static boolean isHex(int digits, String value) {
    if (value.length() != digits) {
      return false;
    }
    // Without branches: a processor cannot guess which of random digits are letters.
    int all = -1;
    for (int i = 0; i < digits; i++) {
      int digit = value.charAt(i) - '0' & 0xffff;
      int letter = value.charAt(i) - 'a' & 0xffff;
      all &= digit - 10 | letter - 6;
    }
    return all < 0;
  }

  private static IllegalArgumentException not(String what, String value, String form) {
    return new IllegalArgumentException(
        "Not a " + what + ": \"" + shown(value) + "\". It must match " + form + ".");
  }

  /** A hostile value must not carry control characters into a log or a terminal. */
  private static String shown(String value) {
    StringBuilder out = new StringBuilder();
    value
        .codePoints()
        .limit(SHOWN_CHARACTERS)
        .forEach(
            c -> {
              if (c < 0x20 || (c >= 0x7f && c < 0xa0) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return value.length() > SHOWN_CHARACTERS ? out + "…" : out.toString();
  }
}
