package io.modeldepot.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * RFC 4180, of exact values, with one addition: a cell that a spreadsheet would take for a formula
 * (it begins with {@code = + - @}, a tab or a carriage return) gets an apostrophe in front, because
 * names come from strangers.
 */
final class Csv {
  private Csv() {}

  static List<String> lines(Listing listing) {
    List<String> lines = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    listing.columns().forEach(c -> headings.add(c.exactHeading()));
    lines.add(line(headings));
    listing.rows().forEach(row -> lines.add(line(row.exact())));
    return lines;
  }

  private static String line(List<String> cells) {
    List<String> out = new ArrayList<>();
    cells.forEach(cell -> out.add(cell(cell)));
    return String.join(",", out);
  }

  static String cell(String raw) {
    String text = raw;
    if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !"-".equals(text)) {
      text = "'" + text;
    }
    text = SafeText.of(text);
    boolean quote = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || !text.equals(text.strip());
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
