package io.modeldepot.store.engine;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.layout.FilePaths;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a decision wants of the repositories of this volume.
 *
 * @param model which
 * @param generation of the decision
 * @param folders the files of the model's folder in every repository that shall have one: path
 *     below the folder to text; empty when the model is placed nowhere here
 */
public record PlacedFiles(
    ModelName model, long generation, Map<RepositoryName, Map<String, String>> folders) {

  /** Copies. */
  public PlacedFiles {
    if (generation < 0) {
      throw new IllegalArgumentException("A generation is not negative: " + generation);
    }
    Map<RepositoryName, Map<String, String>> copy = new TreeMap<>();
    folders.forEach((name, files) -> copy.put(name, Map.copyOf(files)));
    folders = Map.copyOf(copy);
  }

  /** Refuses names of files that would lead out of the folder, and folders without a file. */
  void requireGood() throws BadNames {
    for (Map.Entry<RepositoryName, Map<String, String>> folder : folders.entrySet()) {
      FilePaths.requireGood(folder.getValue().keySet());
      if (folder.getValue().isEmpty()) {
        throw new IllegalArgumentException(model + " in " + folder.getKey() + " has no files.");
      }
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
