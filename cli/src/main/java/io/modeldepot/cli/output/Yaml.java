package io.modeldepot.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes JSON values as YAML 1.2 block style. Every string that could be read as something else, or
 * holds anything unusual, is double-quoted in JSON's way, which YAML reads as is.
 */
final class Yaml {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+-]*( [A-Za-z0-9_./+(-][A-Za-z0-9_./+)-]*)*");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|nan|inf");

  private Yaml() {}

  static String of(JsonNode node) {
    StringBuilder out = new StringBuilder();
    if (node.isContainerNode() && !node.isEmpty()) {
      block(out, node, 0);
    } else {
      out.append(scalar(node)).append('\n');
    }
    return out.toString();
  }

  private static void block(StringBuilder out, JsonNode node, int depth) {
    if (node.isArray()) {
      for (JsonNode item : node) {
        out.append("  ".repeat(depth)).append("- ");
        entry(out, item, depth);
      }
      return;
    }
    boolean first = true;
    for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); first = false) {
      Map.Entry<String, JsonNode> field = it.next();
      boolean afterDash = first && out.length() > 1 && out.charAt(out.length() - 2) == '-';
      out.append(afterDash ? "" : "  ".repeat(depth)).append(string(field.getKey())).append(':');
      JsonNode value = field.getValue();
      if (value.isContainerNode() && !value.isEmpty()) {
        out.append('\n');
        block(out, value, depth + 1);
      } else {
        out.append(' ').append(scalar(value)).append('\n');
      }
    }
  }

  private static void entry(StringBuilder out, JsonNode item, int depth) {
    if (item.isObject() && !item.isEmpty()) {
      block(out, item, depth + 1);
    } else if (item.isArray() && !item.isEmpty()) {
      out.setLength(out.length() - 1);
      out.append('\n');
      block(out, item, depth + 1);
    } else {
      out.append(scalar(item)).append('\n');
    }
  }

  private static String scalar(JsonNode node) {
    if (node.isContainerNode()) {
      return node.isArray() ? "[]" : "{}";
    }
    return node.isTextual() ? string(node.textValue()) : node.toString();
  }

  private static String string(String text) {
    return PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()
        ? text
        : Json.quoted(text);
  }
}
