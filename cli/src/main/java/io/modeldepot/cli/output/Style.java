package io.modeldepot.cli.output;

/**
 * Colours and signs of one stream. Without colour the words stay the same; without Unicode the
 * signs have ASCII twins.
 */
public final class Style {
  private static final String RESET = "\u001b[0m";

  private final boolean colour;
  private final boolean unicode;

  Style(boolean colour, boolean unicode) {
    this.colour = colour;
    this.unicode = unicode;
  }

  public boolean unicode() {
    return unicode;
  }

  /** Text from elsewhere, harmless and showable here. */
  public String safe(String text) {
    return unicode ? SafeText.of(text) : SafeText.ascii(text);
  }

  public String good(String text) {
    return paint("32", text);
  }

  public String warn(String text) {
    return paint("33", text);
  }

  public String bad(String text) {
    return paint("31", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  public String bold(String text) {
    return paint("1", text);
  }

  public String marked(Listing.Mark mark, String text) {
    return switch (mark) {
      case PLAIN -> text;
      case GOOD -> good(text);
      case WARN -> warn(text);
      case BAD -> bad(text);
      case FAINT -> faint(text);
    };
  }

  /** The sign in front of a finding, as wide in every locale: one cell. */
  public String sign(Listing.Mark mark) {
    String sign =
        switch (mark) {
          case GOOD -> unicode ? "✓" : "+";
          case WARN -> "!";
          case BAD -> unicode ? "✗" : "x";
          case PLAIN, FAINT -> unicode ? "·" : "-";
        };
    return marked(mark, sign);
  }

  public String dot() {
    return unicode ? " · " : " | ";
  }

  /** Between a number and what it counts: "20 users × 2048". */
  public String times() {
    return unicode ? "×" : "x";
  }

  public String arrow() {
    return unicode ? "→" : "->";
  }

  public String ellipsis() {
    return unicode ? "…" : "~";
  }

  private String paint(String code, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
