package io.modeldepot.store.layout;

/**
 * Why a file name of a repository may not become a name on the volume.
 *
 * @param path the path as it came; show it quoted, it may be hostile
 * @param why in words
 */
public record NameFault(String path, String why) {
  /** The path with everything that is not printable made visible. */
  public String quotedPath() {
    StringBuilder quoted = new StringBuilder("\"");
    path.codePoints()
        .limit(200)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f && c != '"') {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(String.format("\\u%04x", c));
              }
            });
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return quotedPath() + ": " + why;
  }
}
