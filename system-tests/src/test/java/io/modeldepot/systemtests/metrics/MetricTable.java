package io.modeldepot.systemtests.metrics;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of {@code docs/metrics.md}. */
final class MetricTable {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(modeldepot_[a-z_]+)` \\| (\\w+) \\| ([^|]*)\\| ([^|]*) \\| ([^|]*) \\|$");
  private static final Pattern PART = Pattern.compile("(.+)_(bucket|count|sum|max)");

  private final Map<String, Row> rows = new TreeMap<>();

  /**
   * A metric as it is promised.
   *
   * @param always services that have it after a download
   * @param sometimes services that have it once there is something to tell
   */
  record Row(
      String name,
      String type,
      Set<String> labels,
      Set<String> always,
      Set<String> sometimes,
      String help) {

    boolean isOf(String service) {
      return always.contains(service) || sometimes.contains(service);
    }
  }

  static MetricTable read() {
    try {
      MetricTable table = new MetricTable();
      for (String line : Files.readAllLines(Repository.root().resolve("docs/metrics.md"))) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          table.add(row);
        } else if (line.startsWith("| `")) {
          throw new IllegalStateException("This row cannot be read: " + line);
        }
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Matcher row) {
    Set<String> always = new TreeSet<>();
    Set<String> sometimes = new TreeSet<>();
    for (String service : words(row.group(4))) {
      if (service.endsWith("*")) {
        sometimes.add(service.substring(0, service.length() - 1));
      } else {
        always.add(service);
      }
    }
    Row read =
        new Row(
            row.group(1),
            row.group(2),
            words(row.group(3)),
            always,
            sometimes,
            row.group(5).trim());
    if (rows.put(read.name(), read) != null) {
      throw new IllegalStateException(read.name() + " has two rows.");
    }
  }

  Map<String, Row> rows() {
    return rows;
  }

  /** The row of a metric, or of the histogram that it is a part of. */
  Optional<Row> of(String name) {
    Optional<Row> row = Optional.ofNullable(rows.get(name));
    Matcher part = PART.matcher(name);
    return row.isPresent() || !part.matches()
        ? row
        : Optional.ofNullable(rows.get(part.group(1))).filter(it -> it.type().equals("histogram"));
  }

  private static Set<String> words(String list) {
    Set<String> words = new TreeSet<>(Arrays.asList(list.trim().split("\\s*,\\s*")));
    words.remove("");
    return words;
  }
}
