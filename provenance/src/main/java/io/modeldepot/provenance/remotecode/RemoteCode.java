package io.modeldepot.provenance.remotecode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The Python code of a repository that {@code trust_remote_code=True} would run.
 *
 * @param references classes that configurations map to files, each with its configuration; one of
 *     another repository has {@code --} in it
 * @param files Python files of the repository
 */
public record RemoteCode(SortedSet<String> references, SortedSet<String> files) {
  private static final int MAX_SHOWN = 200;

  /** Keeps sorted copies. */
  public RemoteCode {
    references = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(references));
    files = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(files));
  }

  /**
   * From what is read already.
   *
   * @param configurations path to JSON: config.json, tokenizer_config.json and the like
   * @param paths of all files of the repository
   */
  public static RemoteCode of(Map<String, JsonNode> configurations, Collection<String> paths) {
    SortedSet<String> references = new TreeSet<>();
    configurations.forEach((path, json) -> collect(path, json.path("auto_map"), references));
    SortedSet<String> files = new TreeSet<>();
    paths.stream()
        .filter(path -> path.toLowerCase(java.util.Locale.ROOT).endsWith(".py"))
        .forEach(files::add);
    return new RemoteCode(references, files);
  }

  /** Whether loading the model as it asks to be loaded runs Python code that came with it. */
  public boolean needed() {
    return !references.isEmpty();
  }

  /** Sentences for people; empty when there is nothing to say. */
  public List<String> inWords() {
    List<String> words = new ArrayList<>();
    references.forEach(it -> words.add("It needs trust_remote_code: " + it + "."));
    if (!files.isEmpty()) {
      words.add("It has Python files: " + shown(String.join(", ", files)) + ".");
    }
    return words;
  }

  private static void collect(String path, JsonNode map, SortedSet<String> references) {
    if (map.isTextual()) {
      references.add(path + " names " + shown(map.textValue()));
    }
    for (JsonNode entry : map) {
      collect(path, entry, references);
    }
  }

  private static String shown(String text) {
    String printable = text.replaceAll("\\p{C}", "?");
    return printable.length() > MAX_SHOWN ? printable.substring(0, MAX_SHOWN) + "…" : printable;
  }
}
