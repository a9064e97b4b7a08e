package io.modeldepot.deploy.strict;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Manifests as trees: several in one text, and no key twice. */
public final class Manifests {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private Manifests() {}

  /** Every document of a text that says something. */
  public static List<JsonNode> in(String text) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it is called, for people: its kind and name. */
  public static String name(JsonNode manifest) {
    return manifest.path("kind").asText() + "/" + manifest.path("metadata").path("name").asText();
  }
}
