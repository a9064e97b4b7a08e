package io.modeldepot.registry.desired.document;

import io.modeldepot.events.terms.ModelName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What documents say should be: models by name, settings by key. The order in which a file says it
 * means nothing.
 */
public record DesiredState(
    SortedMap<ModelName, WishedModel> models, SortedMap<String, WishedSetting> settings) {
  /** What a document says that it is. */
  static final String VERSION = "modeldepot/v1";

  /** The sections. */
  static final Set<String> KEYS =
      Set.of(
          "apiVersion", "defaults", "models", "gpus", "retention", "quotas", "schedules", "notify");

  public DesiredState {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * Reads one document.
   *
   * @param file how it is named in faults
   * @throws Faulty with everything that is wrong in it
   */
  public static DesiredState read(String file, byte[] bytes) throws Faulty {
    List<Fault> faults = new ArrayList<>();
    Fields document = Fields.document(YamlText.read(file, bytes), KEYS, faults);
    version(document);
    Defaults defaults = Defaults.read(document.below("defaults", Defaults.KEYS));
    SortedMap<ModelName, WishedModel> models = models(document, defaults);
    SortedMap<String, WishedSetting> settings = new TreeMap<>();
    SettingReading.read(document).forEach(setting -> settings.put(setting.key(), setting));
    if (!faults.isEmpty()) {
      throw new Faulty(faults);
    }
    return new DesiredState(models, settings);
  }

  /**
   * What several documents say together.
   *
   * @throws Faulty if two say something of one thing
   */
  public static DesiredState together(List<DesiredState> documents) throws Faulty {
    List<Fault> faults = new ArrayList<>();
    SortedMap<ModelName, WishedModel> models = new TreeMap<>();
    SortedMap<String, WishedSetting> settings = new TreeMap<>();
    for (DesiredState document : documents) {
      for (Map.Entry<ModelName, WishedModel> one : document.models().entrySet()) {
        WishedModel other = models.putIfAbsent(one.getKey(), one.getValue());
        if (other != null) {
          faults.add(one.getValue().fault("", "It is said at " + other.place() + " already."));
        }
      }
      for (Map.Entry<String, WishedSetting> one : document.settings().entrySet()) {
        WishedSetting other = settings.putIfAbsent(one.getKey(), one.getValue());
        if (other != null) {
          faults.add(one.getValue().fault("", "It is said at " + other.place() + " already."));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new Faulty(faults);
    }
    return new DesiredState(models, settings);
  }

  private static void version(Fields document) {
    if (!document.has("apiVersion")) {
      document.fault("It says no apiVersion; write apiVersion: " + VERSION + ".");
    } else {
      var unused = document.word("apiVersion", Set.of(VERSION));
    }
  }

  private static SortedMap<ModelName, WishedModel> models(Fields document, Defaults defaults) {
    SortedMap<ModelName, WishedModel> models = new TreeMap<>();
    document
        .names("models")
        .ifPresent(
            section -> {
              for (String name : section.keys()) {
                Fields said = section.below(name, ModelKeys.ALL).orElseThrow();
                ModelReading.read(name, ModelName::of)
                    .ifPresentOrElse(
                        model -> models.put(model, ModelReading.read(model, said, defaults)),
                        () ->
                            section.fault(
                                name, "A model's name must match " + ModelName.PATTERN + "."));
              }
            });
    return models;
  }
}
