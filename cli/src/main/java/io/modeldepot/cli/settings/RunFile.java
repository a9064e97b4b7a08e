package io.modeldepot.cli.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a depot that {@code make up} started wrote about itself: {@code <data>/run.json} while it
 * runs, {@code <data>/last.json} for afterwards, because its volume stays.
 */
record RunFile(Path file, JsonNode content) {

  /**
   * Empty when there is neither or none can be understood: then nothing ran here, as far as we
   * know.
   */
  static Optional<RunFile> in(Path dataDirectory) {
    return read(dataDirectory.resolve("run.json"))
        .or(() -> read(dataDirectory.resolve("last.json")));
  }

  private static Optional<RunFile> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode content = Json.read(Files.readString(file));
      return content.isObject() ? Optional.of(new RunFile(file, content)) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void offer(Map<Setting, Found> found) {
    found(Setting.URL, "registryUrl", found);
    found(Setting.MODELS_DIR, "modelsDir", found);
    found(Setting.LOCATION, "location", found);
  }

  /** The hub that its downloader asks. */
  Optional<Found> hub() {
    return value("hubUrl");
  }

  private void found(Setting setting, String field, Map<Setting, Found> found) {
    value(field).ifPresent(value -> found.putIfAbsent(setting, value));
  }

  private Optional<Found> value(String field) {
    String value = content.path(field).asText("");
    return value.isEmpty() ? Optional.empty() : Optional.of(new Found(value, file.toString()));
  }
}
