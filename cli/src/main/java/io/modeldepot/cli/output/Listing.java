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

  /**
   * A heading; {@code wide} ones are left out of the plain table.
   *
   * @param exactHeading what stands over exact values
   */
  public record Column(String heading, boolean wide, boolean right, String exactHeading) {
    public static Column text(String heading) {
      return new Column(heading, false, false, heading);
    }

    public static Column number(String heading) {
      return new Column(heading, false, true, heading);
    }

    public Column onlyWide() {
      return new Column(heading, true, right, exactHeading);
    }

    /** The heading over exact values: {@code SIZE_BYTES} where people read {@code SIZE}. */
    public Column exactly(String other) {
      return new Column(heading, wide, right, other);
    }
  }

  /**
   * @param name what {@code -q} and {@code -o name} print for this row, and what other commands
   *     take
   * @param exact the same cells with exact values, as {@code csv} shows them: bytes, full times
   * @param mark colours the row's meaning; never the only sign of it
   */
  public record Row(String name, List<String> cells, List<String> exact, Mark mark) {
    public Row {
      cells = List.copyOf(cells);
      exact = List.copyOf(exact);
      if (cells.size() != exact.size()) {
        throw new IllegalArgumentException("Every cell has an exact value.");
      }
    }

    public static Row of(String name, String... cells) {
      return new Row(name, List.of(cells), List.of(cells), Mark.PLAIN);
    }

    /** The same, with other values for machines. */
    public Row exactly(String... values) {
      return new Row(name, cells, List.of(values), mark);
    }

    public Row marked(Mark with) {
      return new Row(name, cells, exact, with);
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
