package io.modeldepot.events.terms;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One condition of a list as people write it: {@code size>30g}, {@code verified<7d}, {@code
 * family=llama}, {@code name~code}. What fields there are, and how their values are read, is the
 * list's own business.
 *
 * @param text as it was written
 * @param field whose value is compared
 * @param comparison one of {@code = != > >= < <= ~}; {@code ~} asks whether a text is contained
 * @param value what it is compared with; may be empty
 * @param comparisonAt where the comparison begins in the text
 * @param valueAt where the value begins in the text
 */
public record Filter(
    String text, String field, String comparison, String value, int comparisonAt, int valueAt) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(?<field>[A-Za-z][A-Za-z0-9._-]*)\\s*(?<comparison>!=|>=|<=|=|>|<|~)\\s*(?<value>.*)",
          Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9._-]*\\s*");

  /** A text that is no filter. */
  public static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int at;

    private Unreadable(String why, int at) {
      super(why);
      this.at = at;
    }

    /** Where it stops to be one: an offset into the text. */
    public int at() {
      return at;
    }
  }

  /**
   * Reads one.
   *
   * @throws Unreadable saying where it is none
   */
  public static Filter parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      Matcher begun = FIELD.matcher(text);
      throw new Unreadable(
          "\"" + text + "\" is not a filter; write field, comparison, value, as in size>30g.",
          begun.lookingAt() ? begun.end() : 0);
    }
    return new Filter(
        text,
        matcher.group("field"),
        matcher.group("comparison"),
        matcher.group("value").strip(),
        matcher.start("comparison"),
        matcher.start("value"));
  }
}
