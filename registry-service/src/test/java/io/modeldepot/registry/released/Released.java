package io.modeldepot.registry.released;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The migrations that somebody may have run, as {@code released/migrations.txt} lists them. */
final class Released {
  static final String LIST = "released/migrations.txt";

  private Released() {}

  /** The checksum of each by its file's name. */
  static Map<String, Integer> checksums() {
    Map<String, Integer> checksums = new TreeMap<>();
    for (String line : lines(LIST)) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ", 2);
        checksums.put(words[1], Integer.valueOf(words[0]));
      }
    }
    return checksums;
  }

  /** The lines of a file among the tests' resources. */
  static List<String> lines(String resource) {
    InputStream found = Released.class.getClassLoader().getResourceAsStream(resource);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(found, resource), StandardCharsets.UTF_8))) {
      return reader.readAllLines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
