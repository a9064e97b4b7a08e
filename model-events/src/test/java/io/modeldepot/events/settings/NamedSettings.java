package io.modeldepot.events.settings;

import static java.util.stream.Collectors.joining;

import io.modeldepot.events.contract.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where sources, pages and the catalogue of problems name a setting: a name that has no setting
 * behind it sends whoever follows it nowhere.
 */
final class NamedSettings {
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w$])(?:DEPOT|BACKUP)_[A-Z0-9_]+(?<!_)(?!\\w)");
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
  private static final Pattern PROPERTY = Pattern.compile("\"(depot(?:\\.[a-z0-9-]+)+)\"");
  private static final Pattern READ =
      Pattern.compile(
          "([a-z-]+/)?README\\.md|docs/[^/]+\\.md|[a-z-]+/src/main/.*\\.(java|json|properties)");

  private NamedSettings() {}

  /** A name and the file that has it. */
  record Named(String file, String name) {
    /** Also true of a name that stands for one with {@code <NAME>} in it. */
    boolean isIn(Set<String> settings) {
      return settings.stream().anyMatch(it -> name.matches(it.replace("<NAME>", "[A-Z0-9]+")));
    }

    @Override
    public String toString() {
      return file + ": " + name;
    }
  }

  /** Names of the command's, the images' and the tests' own. */
  static List<String> ofOtherPrograms() {
    return List.of(
        "DEPOT_URL",
        "DEPOT_DATA",
        "DEPOT_OUTPUT",
        "DEPOT_PROGRESS",
        "DEPOT_TOKEN",
        "DEPOT_TOKEN_FILE",
        "DEPOT_CLI_TRAIN",
        "DEPOT_DATASOURCE_PASSWORD_FILE",
        "DEPOT_KAFKA_LOGIN_FILE",
        "DEPOT_BROWSER",
        "DEPOT_REDIS",
        "DEPOT_TEST_CONTAINERS");
  }

  /** Variables, in pages, in the catalogue of problems and in the messages of every program. */
  static List<Named> variables() {
    return files(Documents.root(), READ)
        .flatMap(file -> in(file, NAME, file.toString().endsWith(".java")))
        .toList();
  }

  /** Properties that the sources of a module ask for. */
  static List<Named> properties(String module) {
    return files(Source.folder(module), Pattern.compile(".*\\.java"))
        .flatMap(file -> in(file, PROPERTY, false))
        .toList();
  }

  private static Stream<Path> files(Path below, Pattern names) {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(file -> names.matcher(below.relativize(file).toString()).matches())
          .filter(Files::isRegularFile)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Named> in(Path file, Pattern name, boolean literalsOnly) {
    try {
      String text = Files.readString(file);
      String read =
          literalsOnly
              ? LITERAL.matcher(text).results().map(MatchResult::group).collect(joining("\n"))
              : text;
      return name.matcher(read)
          .results()
          .map(it -> it.group(it.groupCount()))
          .distinct()
          .map(it -> new Named(Documents.root().relativize(file).toString(), it));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
