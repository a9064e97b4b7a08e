package io.modeldepot.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Bends JSON and keeps it JSON: a value becomes one of another type or at an edge, is left out,
 * doubled, wrapped or put elsewhere. Now and then the whole is written in another encoding.
 */
final class Json {
  /** Deeper input is not bent as JSON: a node is written with at most 1,000 levels. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(500).build())
              .build());

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "-0",
          "0.5",
          "1e999",
          "-1e999",
          "1e-999",
          "1e400",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "1".repeat(900),
          "NaN",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\uD800\"",
          "\"a\\nb\"",
          "\"\\u001b[31m\"",
          "\"\\u202e\"",
          "\"..\"",
          "\"../../x\"",
          "\"/etc/passwd\"",
          "\"a//b\"",
          "\"a\\\\b\"",
          "\"mailto:a@b\"",
          "\"http://[::1\"",
          "\"file:///etc/passwd\"",
          "\"%00\"",
          "\"1\"",
          "\"-1\"",
          "\"1e999\"",
          "\"null\"",
          "\"2026-01-01T00:00:00Z\"",
          "\"+999999999-01-01T00:00:00Z\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "{\"\":0}",
          "{\"a\":{\"a\":{}}}");

  private static final List<Charset> ENCODINGS =
      List.of(
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_32BE,
          StandardCharsets.UTF_32LE,
          StandardCharsets.ISO_8859_1);

  private final RandomGenerator random;

  Json(RandomGenerator random) {
    this.random = random;
  }

  /** Bends JSON; what is no JSON comes back as it is. */
  byte[] bend(byte[] input) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(input);
    } catch (IOException e) {
      return input;
    }
    if (tree == null || tree.isMissingNode()) {
      return input;
    }
    try {
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        tree = once(tree);
      }
      byte[] bent = MAPPER.writeValueAsBytes(tree);
      return random.nextInt(24) == 0 ? encoded(bent) : bent;
    } catch (IOException e) {
      return input;
    }
  }

  private byte[] encoded(byte[] json) {
    Charset charset = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    String text = new String(json, StandardCharsets.UTF_8);
    return (random.nextBoolean() ? "\uFEFF" + text : text).getBytes(charset);
  }

  private JsonNode once(JsonNode tree) {
    List<JsonNode> holders = new ArrayList<>();
    collect(tree, holders);
    if (holders.isEmpty()) {
      return odd();
    }
    JsonNode holder = holders.get(random.nextInt(holders.size()));
    if (holder instanceof ObjectNode object) {
      bend(object, holders);
    } else if (holder instanceof ArrayNode array) {
      bend(array, holders);
    }
    return tree;
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode() && !node.isEmpty() && holders.size() < 10_000) {
      holders.add(node);
      node.forEach(child -> collect(child, holders));
    }
  }

  private void bend(ObjectNode object, List<JsonNode> holders) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
    Map.Entry<String, JsonNode> field = fields.get(random.nextInt(fields.size()));
    String name = field.getKey();
    switch (random.nextInt(9)) {
      case 0 -> object.remove(name);
      case 1 -> {
        object.remove(name);
        object.set(name(name), field.getValue());
      }
      case 2 -> object.set(name, wrapped(field.getValue()));
      case 3 -> object.set(name, copy(holders));
      case 4 -> object.set(name(name), field.getValue().deepCopy());
      case 5 -> twice(object, name, field.getValue());
      default -> object.set(name, odd());
    }
  }

  private void bend(ArrayNode array, List<JsonNode> holders) {
    int at = random.nextInt(array.size());
    switch (random.nextInt(7)) {
      case 0 -> array.remove(at);
      case 1 -> array.insert(at, array.get(at).deepCopy());
      case 2 -> array.set(at, wrapped(array.get(at)));
      case 3 -> array.set(at, copy(holders));
      case 4 -> many(array, at);
      default -> array.set(at, odd());
    }
  }

  /** The same name a second time, which a tree cannot hold: written out beside its value. */
  private void twice(ObjectNode object, String name, JsonNode value) {
    String quoted = NODES.textNode(name).toString();
    object.set(name, NODES.rawValueNode(new RawValue(value + "," + quoted + ":" + odd())));
  }

  private void many(ArrayNode array, int at) {
    if (array.size() < 100) {
      JsonNode one = array.get(at);
      for (int i = random.nextInt(300); i > 0; i--) {
        array.add(one);
      }
    }
  }

  private JsonNode wrapped(JsonNode value) {
    if (random.nextInt(6) != 0) {
      return random.nextBoolean()
          ? NODES.arrayNode().add(value)
          : NODES.objectNode().set("a", value);
    }
    int depth = 50 + random.nextInt(2_000);
    boolean arrays = random.nextBoolean();
    return NODES.rawValueNode(
        new RawValue(
            (arrays ? "[" : "{\"a\":").repeat(depth) + value + (arrays ? "]" : "}").repeat(depth)));
  }

  private JsonNode copy(List<JsonNode> holders) {
    JsonNode other = holders.get(random.nextInt(holders.size()));
    return other.toString().length() > 4_096 ? odd() : other.deepCopy();
  }

  private String name(String name) {
    return switch (random.nextInt(7)) {
      case 0 -> "";
      case 1 -> name + "x";
      case 2 -> "../" + name;
      case 3 -> "a/".repeat(1 + random.nextInt(200)) + name;
      case 4 -> "__proto__";
      case 5 -> name + "\u0000";
      default -> name.repeat(1 + random.nextInt(40));
    };
  }

  private JsonNode odd() {
    if (random.nextInt(12) == 0) {
      return NODES.textNode("x".repeat(1 << random.nextInt(15)));
    }
    return NODES.rawValueNode(new RawValue(ODD.get(random.nextInt(ODD.size()))));
  }
}
