package io.modeldepot.provenance.pickle;

/** Names from hostile files, so that they can stand in a message: printable and not long. */
final class Shown {
  private static final int MOST = 120;

  private Shown() {}

  static String text(String raw) {
    StringBuilder shown = new StringBuilder();
    raw.codePoints()
        .limit(MOST)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\u%04x".formatted(c));
              }
            });
    return raw.codePointCount(0, raw.length()) > MOST ? shown + "…" : shown.toString();
  }
}
