package io.modeldepot.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer in rows, once for people and once for machines.
 *
 * @param columns headings, in order
 * @param rows cells as people read them; each row has a cell per column
 * @param machine the same answer with its exact values, as JSON and YAML show it
 * @param footer sentences under the table, on stdout only in the forms for people; may be empty
 */
public record Listing(List<Column> columns, List<Row> rows, JsonNode machine, String footer) {
  public Listing {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.cells().size() + " cells under " + columns.size() + " columns");
      }
    }
  }

  /** A heading; {@code wide} ones are left out of the plain table. */
  public record Column(String heading, boolean wide, boolean right) {
    public static Column text(String heading) {
      return new Column(heading, false, false);
    }

    public static Column number(String heading) {
      return new Column(heading, false, true);
    }

    public Column onlyWide() {
      return new Column(heading, true, right);
    }
  }

  /**
   * @param name what {@code -q} and {@code -o name} print for this row, and what other commands
   *     take
   * @param mark colours the row's meaning; never the only sign of it
   */
  public record Row(String name, List<String> cells, Mark mark) {
    public Row {
      cells = List.copyOf(cells);
    }

    public static Row of(String name, String... cells) {
      return new Row(name, List.of(cells), Mark.PLAIN);
    }

    public Row marked(Mark with) {
      return new Row(name, cells, with);
    }
  }

  public enum Mark {
    PLAIN,
    GOOD,
    WARN,
    BAD,
    FAINT
  }

  public List<String> names() {
    List<String> names = new ArrayList<>();
    rows.forEach(row -> names.add(row.name()));
    return names;
  }
}
