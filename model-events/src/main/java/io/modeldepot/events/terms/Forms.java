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
      throw new IllegalArgumentException(
          "Not a " + what + ": \"" + shown(value) + "\". It must match " + form.pattern() + ".");
    }
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
