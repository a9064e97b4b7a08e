package io.modeldepot.systemtests.house;

import java.util.TreeSet;

/** The allowed arrows as they stand in {@code docs/architecture.md}. */
final class Arrows {
  private Arrows() {}

  static String table() {
    StringBuilder table = new StringBuilder("| module | may use |\n|---|---|\n");
    House.ARROWS.forEach(
        (module, used) ->
            table
                .append("| `")
                .append(module)
                .append("` | ")
                .append(used.isEmpty() ? "nothing of ours" : String.join(", ", new TreeSet<>(used)))
                .append(" |\n"));
    return table.toString();
  }

  /** Prints the table, for {@code make arrows}. */
  public static void main(String[] args) {
    System.out.print(table());
  }
}
