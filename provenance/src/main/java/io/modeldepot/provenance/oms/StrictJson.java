package io.modeldepot.provenance.oms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;

/**
 * JSON that says one thing only: no name twice, nothing after the end, not deep. What is signed
 * must not be read differently by two readers.
 */
final class StrictJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  static JsonNode object(byte[] bytes, String what) throws MalformedBundle {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      throw new MalformedBundle("The %s is not JSON that can be read in one way.".formatted(what));
    }
    throw new MalformedBundle("The %s is not a JSON object.".formatted(what));
  }

  static JsonNode child(JsonNode parent, String name) throws MalformedBundle {
    JsonNode child = parent.get(name);
    if (child == null || !child.isObject()) {
      throw new MalformedBundle("The object %s is missing.".formatted(name));
    }
    return child;
  }

  static JsonNode list(JsonNode parent, String name) throws MalformedBundle {
    JsonNode child = parent.get(name);
    if (child == null || !child.isArray() || child.isEmpty()) {
      throw new MalformedBundle("The list %s is missing or empty.".formatted(name));
    }
    return child;
  }

  static String text(JsonNode parent, String name) throws MalformedBundle {
    JsonNode child = parent.get(name);
    if (child == null || !child.isTextual() || child.textValue().isEmpty()) {
      throw new MalformedBundle("The text %s is missing.".formatted(name));
    }
    return child.textValue();
  }

  static void onlyHas(JsonNode object, String what, Set<String> names) throws MalformedBundle {
    for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
      if (!names.contains(fields.next())) {
        throw new MalformedBundle(
            "The %s has a member that the format does not know.".formatted(what));
      }
    }
  }
}
