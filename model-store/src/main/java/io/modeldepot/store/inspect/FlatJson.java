package io.modeldepot.store.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON object as one line per value, by path. Equal values are equal text. */
final class FlatJson {
  private static final int MOST_VALUES = 2_000;
  private static final int MOST_KEY_CHARACTERS = 300;
  private static final int MOST_CHARACTERS = 200;
  private static final int MOST_DIGITS = 40;

  private final SortedMap<String, String> values = new TreeMap<>();
  private boolean cut;

  private FlatJson() {}

  static FlatJson of(JsonNode object) {
    FlatJson flat = new FlatJson();
    flat.add("", object);
    return flat;
  }

  SortedMap<String, String> values() {
    return values;
  }

  /** Whether there was more than is kept. */
  boolean cut() {
    return cut;
  }

  static Sha256 sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Sha256.of(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Stops at what is not kept, so that long names are not put together with each below them. */
  private void add(String path, JsonNode node) {
    if (values.size() >= MOST_VALUES || path.length() > MOST_KEY_CHARACTERS) {
      cut = true;
    } else if (isToken(node)) {
      put(path, node.get("content"));
    } else if (node.isObject()) {
      String before = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(field -> add(before + field.getKey(), field.getValue()));
    } else if (node.isArray() && node.valueStream().anyMatch(JsonNode::isContainerNode)) {
      for (int at = 0; at < node.size(); at++) {
        add(path + "[" + at + "]", node.get(at));
      }
    } else {
      put(path, node);
    }
  }

  /** As Transformers writes a token with its options; its text is what matters. */
  private static boolean isToken(JsonNode node) {
    return node.path("content").isTextual() && (node.has("lstrip") || node.has("normalized"));
  }

  private void put(String path, JsonNode value) {
    String text = text(value);
    values.put(
        path,
        text.length() <= MOST_CHARACTERS ? text : beginning(text) + "… sha256:" + sha256(text));
  }

  /** Never half a character. */
  private static String beginning(String text) {
    boolean half = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    return text.substring(0, half ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
  }

  private static String text(JsonNode value) {
    boolean infinite = value.isDouble() && Double.isInfinite(value.doubleValue());
    if (!value.isNumber() || infinite) {
      return value.toString();
    }
    BigDecimal number = value.decimalValue().stripTrailingZeros();
    return Math.abs(number.scale()) <= MOST_DIGITS ? number.toPlainString() : number.toString();
  }
}
