package io.modeldepot.cli.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.modeldepot.cli.output.Json;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what leaves the machine: values under telling names, tokens by their form,
 * passwords and queries of URLs.
 */
final class Redaction {
  static final String REMOVED = "(removed)";

  private static final Pattern TELLING =
      Pattern.compile(
          "(?i).*(token|secret|passw|credential|authorization|cookie|apikey|api_key|private).*");
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\b(hf_|mdp_|ghp_|sk-)[A-Za-z0-9_-]{6,}|(?i)bearer\\s+[A-Za-z0-9._~+/=-]{6,}");
  private static final Pattern USER_INFO = Pattern.compile("(\\w+://)[^/@\\s\"]+@");
  private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?\"#]+)\\?[^\\s\"]+");

  private Redaction() {}

  static String text(String text) {
    String clean = TOKEN.matcher(text).replaceAll(REMOVED);
    clean = USER_INFO.matcher(clean).replaceAll("$1" + REMOVED + "@");
    return QUERY.matcher(clean).replaceAll("$1?" + REMOVED);
  }

  /** A copy without secrets. */
  static JsonNode json(JsonNode node) {
    if (node.isObject()) {
      ObjectNode clean = Json.object();
      node.fields()
          .forEachRemaining(
              f ->
                  clean.set(
                      f.getKey(),
                      f.getValue().isTextual() && TELLING.matcher(f.getKey()).matches()
                          ? TextNode.valueOf(REMOVED)
                          : json(f.getValue())));
      return clean;
    }
    if (node.isArray()) {
      ArrayNode clean = Json.array();
      node.forEach(item -> clean.add(json(item)));
      return clean;
    }
    return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
  }
}
