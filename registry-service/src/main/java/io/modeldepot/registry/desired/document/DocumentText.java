package io.modeldepot.registry.desired.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Writes a document: models and settings by name, a key a line, so that a version control shows
 * what changed. The same state gives the same bytes.
 */
public final class DocumentText {
  private static final String HEAD =
      "# What should be. Look first:  diff -f FILE   then:  apply -f FILE\n";

  private final SortedMap<String, Object> models = new TreeMap<>();
  private final SortedMap<String, Object> settings = new TreeMap<>();

  /** Adds a model, in the form that {@link ModelForm} gives it. */
  public void model(String name, Map<String, @Nullable Object> form) {
    models.put(name, form);
  }

  /** Adds a setting of the site by its key there; what documents do not have is left out. */
  public void setting(String key, Map<String, Object> value) {
    settings.put(key, SettingForm.of(key, value));
  }

  /** The document. */
  public String yaml() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", DesiredState.VERSION);
    document.put("models", models);
    settings.forEach(
        (key, form) -> SettingForm.where(key).ifPresent(where -> put(document, where, form)));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(Integer.MAX_VALUE);
    options.setSplitLines(false);
    return HEAD + new Yaml(options).dump(document);
  }

  @SuppressWarnings("unchecked") // sections are made here
  private static void put(Map<String, Object> document, SettingForm.Where where, Object form) {
    if (where.name().isEmpty()) {
      document.put(where.section(), form);
      return;
    }
    ((Map<String, Object>)
            document.computeIfAbsent(where.section(), section -> new TreeMap<String, Object>()))
        .put(where.name(), form);
  }
}
