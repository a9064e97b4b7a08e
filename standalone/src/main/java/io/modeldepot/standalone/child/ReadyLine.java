package io.modeldepot.standalone.child;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/** The one line on standard output by which a child says that it can be used: {@code READY {…}}. */
public final class ReadyLine {
  /** What the line starts with; a JSON object follows. */
  public static final String PREFIX = "READY ";

  private ReadyLine() {}

  /** Prints the line, with the members in the order of the map, and flushes. */
  public static void print(PrintStream out, Map<String, ?> members) {
    out.println(PREFIX + json(members));
    out.flush();
  }

  private static String json(Map<String, ?> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + value(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return value instanceof Number number ? number.toString() : quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
