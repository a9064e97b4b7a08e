package io.modeldepot.cli.settings;

import java.util.Optional;

/** Every setting of the command, its names in each place, and its default. */
public enum Setting {
  URL("url", "DEPOT_URL", "http://localhost:8080", "the registry's address"),
  CA_FILE("ca-file", "DEPOT_CA_FILE", "", "certificates that the registry's must lead to, in PEM"),
  MODELS_DIR("models-dir", "MODELS_DIR", "/opt/ai-models", "the shared volume"),
  LOCATION("location", "DEPOT_LOCATION", "default", "the location's name, for setup"),
  DATA("data", "DEPOT_DATA", "", "where a depot started by make up keeps its data"),
  OUTPUT("output", "DEPOT_OUTPUT", "table", "table, wide, json, yaml, name or csv"),
  PROGRESS("progress", "DEPOT_PROGRESS", "auto", "auto, bar, lines, json or none");

  private final String key;
  private final String environment;
  private final String fallback;
  private final String meaning;

  Setting(String key, String environment, String fallback, String meaning) {
    this.key = key;
    this.environment = environment;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** Its name in a file and, with two dashes, as a flag. */
  public String key() {
    return key;
  }

  public String environment() {
    return environment;
  }

  public String fallback() {
    return fallback;
  }

  public String meaning() {
    return meaning;
  }

  static Optional<Setting> ofKey(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
