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
    for (int at = 0; at < whole.length(); at++) {
      char c = whole.charAt(at);
      int close = c == '[' ? whole.indexOf(']', Math.min(at + 2, whole.length())) : -1;
      if (close > 0) {
        String set = whole.substring(at + 1, close);
        boolean negated = set.startsWith("!");
        String members =
            (negated ? set.substring(1) : set).replaceAll("([\\\\\\[\\]^&])", "\\\\$1");
        regex.append('[').append(negated ? "^" : "").append(members).append(']');
        at = close;
      } else {
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (java.util.regex.PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(glob));
    }
  }
}
