package io.modeldepot.registry.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.listing.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A list as a table of its plain fields, for those who have curl and nothing else. Control
 * characters never reach a terminal.
 */
final class TextTable {
  private static final int WIDEST = 60;

  private TextTable() {}

  static byte[] of(Object entity) {
    JsonNode tree =
        Wire.mapper().valueToTree(entity instanceof Page<?> page ? page.items() : entity);
    List<JsonNode> rows = new ArrayList<>();
    if (tree instanceof ArrayNode array) {
      array.forEach(rows::add);
    } else {
      rows.add(tree);
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(
        row ->
            row.properties().stream()
                .filter(member -> member.getValue().isValueNode())
                .forEach(member -> columns.add(member.getKey())));
    List<List<String>> table = new ArrayList<>();
    table.add(columns.stream().map(name -> name.toUpperCase(java.util.Locale.ROOT)).toList());
    for (JsonNode row : rows) {
      table.add(columns.stream().map(name -> cell(row.path(name))).toList());
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : table) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = table.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
        text.append(line.get(column)).append(" ".repeat(width - line.get(column).length() + 2));
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String cell(JsonNode value) {
    String text = value.isValueNode() && !value.isNull() ? value.asText() : "-";
    String safe = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return safe.length() > WIDEST ? safe.substring(0, WIDEST - 1) + "…" : safe;
  }
}
