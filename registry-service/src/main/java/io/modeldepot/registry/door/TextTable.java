package io.modeldepot.registry.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.listing.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A list as a table, for those who have curl and nothing else: the columns that the command shows,
 * where it shows this list, else its plain fields. Control characters never reach a terminal.
 */
public final class TextTable {
  private static final int WIDEST = 60;
  private static final int GAP = 2;

  private TextTable() {}

  static byte[] of(Object entity, String list, Instant now) {
    JsonNode tree =
        Wire.mapper().valueToTree(entity instanceof Page<?> page ? page.items() : entity);
    List<JsonNode> rows = new ArrayList<>();
    if (tree instanceof ArrayNode array) {
      array.forEach(rows::add);
    } else {
      rows.add(tree);
    }
    return of(rows, TextColumn.LISTS.getOrDefault(list, plain(rows)), now)
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A list that is at hand as JSON.
   *
   * @param list by the last part of its address
   * @param items of it
   */
  public static String of(String list, JsonNode items, Instant now) {
    List<JsonNode> rows = new ArrayList<>();
    items.forEach(rows::add);
    return of(rows, TextColumn.LISTS.getOrDefault(list, plain(rows)), now);
  }

  private static String of(List<JsonNode> rows, List<TextColumn> columns, Instant now) {
    List<List<String>> table = new ArrayList<>();
    table.add(columns.stream().map(TextColumn::heading).toList());
    for (JsonNode row : rows) {
      table.add(columns.stream().map(column -> safe(column.cell().apply(row, now))).toList());
    }
    int[] widths = new int[columns.size()];
    for (List<String> line : table) {
      for (int at = 0; at < widths.length; at++) {
        widths[at] = Math.max(widths[at], line.get(at).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : table) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < widths.length; at++) {
        String pad = " ".repeat(widths[at] - line.get(at).length());
        text.append(columns.get(at).right() ? pad + line.get(at) : line.get(at) + pad)
            .append(" ".repeat(GAP));
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static List<TextColumn> plain(List<JsonNode> rows) {
    Set<String> fields = new LinkedHashSet<>();
    rows.forEach(
        row ->
            row.properties().stream()
                .filter(member -> member.getValue().isValueNode())
                .forEach(member -> fields.add(member.getKey())));
    return fields.stream()
        .map(
            field ->
                new TextColumn(
                    field.toUpperCase(Locale.ROOT), false, (row, now) -> cell(row.path(field))))
        .toList();
  }

  private static String cell(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : "-";
  }

  private static String safe(String text) {
    String safe = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return safe.length() > WIDEST ? safe.substring(0, WIDEST - 1) + "…" : safe;
  }
}
