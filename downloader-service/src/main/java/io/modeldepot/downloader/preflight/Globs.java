package io.modeldepot.downloader.preflight;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns on the path in the repository, as the hub's own client has them: {@code *} matches any
 * characters, {@code /} too, {@code ?} one, {@code [abc]} and {@code [!abc]} one of a set; a
 * pattern that ends in {@code /} means everything below.
 *
 * @param patterns at least one has to match
 */
record Globs(List<Pattern> patterns) {

  static Globs of(List<String> globs) {
    return new Globs(globs.stream().map(Globs::pattern).toList());
  }

  boolean match(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  private static Pattern pattern(String glob) {
    String whole = glob.endsWith("/") ? glob + "*" : glob;
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < whole.length(); ) {
      // By code points: half a character outside the basic plane matches nothing.
      String c = Character.toString(whole.codePointAt(at));
      int close = c.equals("[") ? endOfSet(whole, at) : -1;
      if (close > 0) {
        String set = whole.substring(at + 1, close);
        boolean negated = set.startsWith("!");
        String members =
            (negated ? set.substring(1) : set).replaceAll("([\\\\\\[\\]^&])", "\\\\$1");
        regex.append('[').append(negated ? "^" : "").append(members).append(']');
        at = close + 1;
      } else {
        regex.append(
            switch (c) {
              case "*" -> ".*";
              case "?" -> ".";
              default -> Pattern.quote(c);
            });
        at += c.length();
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (java.util.regex.PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(glob));
    }
  }

  /** Where the bracket closes; one that comes first in the set belongs to it. -1 if it does not. */
  private static int endOfSet(String glob, int open) {
    int first = glob.startsWith("!", open + 1) ? open + 2 : open + 1;
    return glob.indexOf(']', Math.min(first + 1, glob.length()));
  }
}
