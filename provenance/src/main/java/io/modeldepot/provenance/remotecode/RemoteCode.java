package io.modeldepot.provenance.remotecode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
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
  private static final int MAX_REFERENCES = 100;
  private static final int MAX_CONFIG_BYTES = 4 << 20;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .build();

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

  /**
   * From the files themselves: every {@code …config.json} is read. One that is too long or no JSON
   * says nothing here; a loader cannot read it either.
   *
   * @param files path in the repository, to where the file lies now
   * @throws IOException if one cannot be read
   */
  public static RemoteCode read(Map<String, Path> files) throws IOException {
    Map<String, JsonNode> configurations = new TreeMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (file.getKey().endsWith("config.json")) {
        try (InputStream in = Files.newInputStream(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
          byte[] bytes = in.readNBytes(MAX_CONFIG_BYTES + 1);
          if (bytes.length <= MAX_CONFIG_BYTES) {
            configurations.put(file.getKey(), MAPPER.readTree(bytes));
          }
        } catch (JsonProcessingException | CharConversionException e) {
          continue;
        }
      }
    }
    return of(configurations, files.keySet());
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
    if (references.size() >= MAX_REFERENCES) {
      return;
    }
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
