package io.modeldepot.cli.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a depot that {@code make up} started wrote about itself: {@code <data>/run.json}. */
record RunFile(Path file, JsonNode content) {

  /**
   * Empty when there is none or it cannot be understood: then nothing runs here, as far as we know.
   */
  static Optional<RunFile> in(Path dataDirectory) {
    Path file = dataDirectory.resolve("run.json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RunFile(file, Json.read(Files.readString(file))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void offer(Map<Setting, Found> found) {
    offer(found, Setting.URL, "registryUrl");
    offer(found, Setting.MODELS_DIR, "modelsDir");
  }

  private void offer(Map<Setting, Found> found, Setting setting, String field) {
    String value = content.path(field).asText("");
    if (!value.isEmpty()) {
      found.putIfAbsent(setting, new Found(value, file.toString()));
    }
  }
}
