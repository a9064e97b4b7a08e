package io.modeldepot.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays rows out in cells. Columns are as wide as their content; where the terminal is narrower, the
 * widest text columns give way first, and when even that is not enough each row becomes a small
 * block of "HEADING value" lines, so nothing disappears.
 */
final class Table {
  private static final int GAP = 2;
  private static final int SHORTEST = 8;

  private Table() {}

  static List<String> lines(Listing listing, boolean wide, int width, Style style) {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < listing.columns().size(); i++) {
      if (wide || !listing.columns().get(i).wide()) {
        shown.add(i);
      }
    }
    int[] widths = new int[shown.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = SafeText.cells(listing.columns().get(shown.get(c)).heading());
      for (Listing.Row row : listing.rows()) {
        widths[c] = Math.max(widths[c], SafeText.cells(style.safe(row.cells().get(shown.get(c)))));
      }
    }
    if (!shrink(widths, width)) {
      return blocks(listing, shown, width, style);
    }
    List<String> lines = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    shown.forEach(i -> headings.add(listing.columns().get(i).heading()));
    lines.add(style.faint(line(listing, shown, headings, widths, style)));
    for (Listing.Row row : listing.rows()) {
      List<String> cells = new ArrayList<>();
      shown.forEach(i -> cells.add(style.safe(row.cells().get(i))));
      lines.add(style.marked(row.mark(), line(listing, shown, cells, widths, style)));
    }
    return lines;
  }

  private static boolean shrink(int[] widths, int width) {
    while (total(widths) > width) {
      int widest = 0;
      for (int c = 1; c < widths.length; c++) {
        widest = widths[c] > widths[widest] ? c : widest;
      }
      if (widths.length == 0 || widths[widest] <= SHORTEST) {
        return false;
      }
      widths[widest]--;
    }
    return true;
  }

  private static long total(int[] widths) {
    long sum = 0;
    for (int w : widths) {
      sum += w;
    }
    return sum + (long) GAP * Math.max(0, widths.length - 1);
  }

  private static String line(
      Listing listing, List<Integer> shown, List<String> cells, int[] widths, Style style) {
    StringBuilder out = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = SafeText.cut(cells.get(c), widths[c], style.ellipsis());
      String pad = " ".repeat(widths[c] - SafeText.cells(cell));
      boolean right = listing.columns().get(shown.get(c)).right();
      out.append(right ? pad + cell : cell + pad).append(" ".repeat(GAP));
    }
    return out.toString().stripTrailing();
  }

  private static List<String> blocks(Listing listing, List<Integer> shown, int width, Style style) {
    int label = 0;
    for (int i : shown) {
      label = Math.max(label, SafeText.cells(listing.columns().get(i).heading()));
    }
    List<String> lines = new ArrayList<>();
    for (Listing.Row row : listing.rows()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      for (int i : shown) {
        String heading = listing.columns().get(i).heading();
        String pad = " ".repeat(label - SafeText.cells(heading) + GAP);
        int room = Math.max(SHORTEST, width - label - GAP);
        String cell = SafeText.cut(style.safe(row.cells().get(i)), room, style.ellipsis());
        lines.add((heading + pad + style.marked(row.mark(), cell)).stripTrailing());
      }
    }
    return lines;
  }
}
