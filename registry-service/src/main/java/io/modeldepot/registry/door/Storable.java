package io.modeldepot.registry.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What PostgreSQL and the canonical form can both hold: no NUL, no half surrogates. A hostile text
 * on a topic must not be able to stop the audit trail, so such characters become U+FFFD.
 */
public final class Storable {
  private Storable() {}

  /** Whether a text can be stored as it is. */
  public static boolean isText(String value) {
    return value.codePoints().noneMatch(Storable::isNone);
  }

  /** The text without what cannot be stored. */
  public static String text(String value) {
    StringBuilder out = new StringBuilder(value.length());
    value.codePoints().map(c -> isNone(c) ? 0xfffd : c).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isNone(int c) {
    return c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** The value without what cannot be stored, member names too. */
  public static JsonNode json(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        value
            .properties()
            .forEach(member -> copy.set(text(member.getKey()), json(member.getValue())));
        yield copy;
      }
      case ARRAY -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        value.forEach(element -> copy.add(json(element)));
        yield copy;
      }
      case STRING -> JsonNodeFactory.instance.textNode(text(value.textValue()));
      default -> value;
    };
  }
}
