package io.modeldepot.registry.hands;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every endpoint, as {@code docs/access.md} has it. */
public final class AccessTable {
  private static final Pattern ROW =
      Pattern.compile("\\| `(GET|POST|PUT|PATCH|DELETE) (/\\S+)` \\| (\\w+) \\|");

  private AccessTable() {}

  /** Method and address, to the least role that may call it. */
  public static Map<String, String> read() throws IOException {
    Map<String, String> table = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Repository.root().resolve("docs/access.md")));
    while (row.find()) {
      table.put(row.group(1) + " " + row.group(2), row.group(3));
    }
    return table;
  }
}
