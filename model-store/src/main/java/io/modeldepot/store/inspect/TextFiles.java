package io.modeldepot.store.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the small text files that decide how a model behaves with the same weights. Where the chat
 * template is stated twice, the file of its own counts, as in Transformers ({@code
 * chat_template.jinja}, {@code chat_template.json}, {@code tokenizer_config.json}).
 */
final class TextFiles {
  private static final long MAX_JSON_BYTES = 4L << 20;
  private static final int MAX_TEMPLATE_BYTES = 1 << 20;
  private static final int MAX_TEMPLATE_CHARACTERS = 1 << 16;
  private static final String TEMPLATE = "chat_template";

  private final ModelFiles files;
  private boolean cut;

  TextFiles(ModelFiles files) {
    this.files = files;
  }

  Reading read() throws IOException {
    ObjectNode tokenizer = json("tokenizer_config.json");
    Optional<String> template = template(tokenizer.remove(TEMPLATE));
    ObjectNode special = json("special_tokens_map.json");
    special
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!tokenizer.has(name)) {
                tokenizer.set(name, special.get(name));
              }
            });
    Map<String, String> configuration = flat(json("config.json"));
    Map<String, String> tokens = flat(tokenizer);
    Map<String, String> generation = flat(json("generation_config.json"));
    Optional<String> kept = template.filter(text -> text.length() <= MAX_TEMPLATE_CHARACTERS);
    cut |= template.isPresent() && kept.isEmpty();
    return new Reading(
        Reading.FORMAT,
        configuration,
        tokens,
        generation,
        template.map(FlatJson::sha256),
        kept,
        cut);
  }

  private Map<String, String> flat(JsonNode json) {
    FlatJson flat = FlatJson.of(json);
    cut |= flat.cut();
    return flat.values();
  }

  private Optional<String> template(JsonNode inConfig) throws IOException {
    Optional<Path> own = files.at(TEMPLATE + ".jinja");
    if (own.isPresent()) {
      try (InputStream in = Files.newInputStream(own.get(), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new String(in.readNBytes(MAX_TEMPLATE_BYTES), StandardCharsets.UTF_8));
      }
    }
    JsonNode json = json(TEMPLATE + ".json").path(TEMPLATE);
    return text(json).or(() -> inConfig == null ? Optional.empty() : text(inConfig));
  }

  /** A template, or several with names, one after another. */
  private static Optional<String> text(JsonNode template) {
    if (template.isTextual()) {
      return Optional.of(template.textValue());
    }
    if (!template.isArray() || template.isEmpty()) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>();
    for (JsonNode one : template) {
      named.add("# " + one.path("name").asText() + "\n" + one.path("template").asText());
    }
    return Optional.of(String.join("\n", named));
  }

  private ObjectNode json(String path) throws IOException {
    Optional<Path> file = files.at(path);
    if (file.isPresent()) {
      try {
        return (ObjectNode) BoundedJson.object(file.get(), MAX_JSON_BYTES);
      } catch (MalformedModelFile e) {
        cut = true;
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
