package io.modeldepot.mirror.hubapi;

/** Text of a request, fit for a header: short, ASCII, no controls. */
final class Printable {
  private static final int LONGEST = 100;

  private Printable() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().limit(LONGEST).forEach(c -> out.append(c > 0x1f && c < 0x7f ? (char) c : '?'));
    return out.toString();
  }
}
