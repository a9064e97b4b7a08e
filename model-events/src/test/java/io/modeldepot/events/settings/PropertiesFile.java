package io.modeldepot.events.settings;

import io.modeldepot.events.contract.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service's own file of settings, with the comment above each line. */
final class PropertiesFile {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]+):([^}]*)}");

  private PropertiesFile() {}

  /**
   * One line.
   *
   * @param comment the lines with {@code #} right above it, as one sentence
   */
  record Line(String key, String value, String comment) {
    /** What the value refers to, where it is a reference with a standard and nothing else. */
    Optional<Reference> reference() {
      Matcher reference = REFERENCE.matcher(value);
      return reference.matches()
          ? Optional.of(new Reference(reference.group(1), reference.group(2)))
          : Optional.empty();
    }

    /** Whether it is for tests, or for the channels of the broker, which are nobody's to set. */
    boolean isInternal() {
      return key.startsWith("%") || key.startsWith("mp.messaging.");
    }
  }

  /**
   * Another name that a value is taken from.
   *
   * @param standard what holds where nothing has that name
   */
  record Reference(String name, String standard) {
    boolean isVariable() {
      return name.matches("[A-Z0-9_]+");
    }
  }

  /** The lines of a file below a module's resources; none where there is no such file. */
  static List<Line> lines(String module, String name) {
    Path file = Documents.root().resolve(module).resolve("src/main/resources").resolve(name);
    List<Line> lines = new ArrayList<>();
    StringBuilder comment = new StringBuilder();
    try {
      for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        int equals = text.indexOf('=');
        if (text.startsWith("#")) {
          comment.append(text.substring(1).strip()).append(' ');
        } else {
          if (equals > 0) {
            lines.add(
                new Line(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip(),
                    comment.toString().strip()));
          }
          comment.setLength(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
