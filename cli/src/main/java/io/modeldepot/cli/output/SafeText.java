package io.modeldepot.cli.output;

/**
 * Makes text from elsewhere harmless to show: control characters, terminal escapes, bidirectional
 * overrides, invisible separators and broken surrogates become visible {@code \\u001b} forms. Also
 * measures text in terminal cells.
 */
public final class SafeText {
  private SafeText() {}

  public static String of(String text) {
    boolean clean = true;
    for (int i = 0; i < text.length() && clean; i++) {
      char c = text.charAt(i);
      clean = c >= 0x20 && c < 0x7f;
    }
    if (clean) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /** As {@link #of}, and everything beyond ASCII escaped too: for locales that cannot show it. */
  public static String ascii(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (c > 0x7e) {
                escape(out, c);
              } else {
                append(out, c);
              }
            });
    return out.toString();
  }

  /**
   * Cells the text takes on a terminal: wide East Asian characters and emoji two, combining marks
   * none.
   */
  public static int cells(String text) {
    return text.codePoints().map(SafeText::cellsOf).sum();
  }

  /**
   * The longest prefix of at most this many cells, with {@code mark} at the end where something was
   * cut.
   */
  public static String cut(String text, int cells, String mark) {
    if (cells(text) <= cells) {
      return text;
    }
    int room = Math.max(0, cells - cells(mark));
    StringBuilder out = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int width = cellsOf(c);
      if (used + width > room) {
        break;
      }
      out.appendCodePoint(c);
      used += width;
      i += Character.charCount(c);
    }
    return out.append(mark).toString();
  }

  private static void append(StringBuilder out, int c) {
    if (c >= 0x20 && c < 0x7f) {
      out.append((char) c);
      return;
    }
    int type = Character.getType(c);
    boolean hidden =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.PRIVATE_USE
            || type == Character.UNASSIGNED;
    if (hidden) {
      escape(out, c);
    } else {
      out.appendCodePoint(c);
    }
  }

  private static void escape(StringBuilder out, int c) {
    for (char unit : Character.toChars(c)) {
      out.append("\\u").append(String.format("%04x", (int) unit));
    }
  }

  private static int cellsOf(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
