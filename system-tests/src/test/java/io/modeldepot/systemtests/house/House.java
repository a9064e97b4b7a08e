package io.modeldepot.systemtests.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The modules as they are built, and the arrows that are allowed between them. */
final class House {
  /**
   * Module to the modules it may use. This is the picture in {@code docs/architecture.md}; a test
   * holds the page to it.
   */
  static final Map<String, Set<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("model-events", Set.of()),
              Map.entry("hub-protocol", Set.of()),
              Map.entry("model-store", Set.of("model-events")),
              Map.entry("backup-repository", Set.of("model-events", "model-store", "provenance")),
              Map.entry("provenance", Set.of("model-events")),
              Map.entry("service-kit", Set.of("model-events")),
              Map.entry("registry-service", Set.of("model-events", "service-kit")),
              Map.entry(
                  "downloader-service",
                  Set.of(
                      "model-events", "service-kit", "model-store", "hub-protocol", "provenance")),
              Map.entry(
                  "janitor-service",
                  Set.of("model-events", "service-kit", "model-store", "backup-repository")),
              Map.entry(
                  "mirror-service",
                  Set.of("model-events", "service-kit", "model-store", "hub-protocol")),
              Map.entry("placement-service", Set.of("model-events", "service-kit")),
              Map.entry(
                  "cli", Set.of("model-events", "model-store", "backup-repository", "provenance")),
              Map.entry("standalone", Set.of()),
              Map.entry(
                  "simulation",
                  Set.of(
                      "model-events",
                      "service-kit",
                      "model-store",
                      "downloader-service",
                      "janitor-service")),
              Map.entry("test-kit", Set.of("model-events", "model-store", "hub-protocol"))));

  /** Module to the root of its packages. */
  static final Map<String, String> PACKAGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("model-events", "io.modeldepot.events"),
              Map.entry("hub-protocol", "io.modeldepot.hub"),
              Map.entry("model-store", "io.modeldepot.store"),
              Map.entry("backup-repository", "io.modeldepot.backup"),
              Map.entry("provenance", "io.modeldepot.provenance"),
              Map.entry("service-kit", "io.modeldepot.kit"),
              Map.entry("registry-service", "io.modeldepot.registry"),
              Map.entry("downloader-service", "io.modeldepot.downloader"),
              Map.entry("janitor-service", "io.modeldepot.janitor"),
              Map.entry("mirror-service", "io.modeldepot.mirror"),
              Map.entry("placement-service", "io.modeldepot.placement"),
              Map.entry("cli", "io.modeldepot.cli"),
              Map.entry("standalone", "io.modeldepot.standalone"),
              Map.entry("simulation", "io.modeldepot.simulation"),
              Map.entry("test-kit", "io.modeldepot.testkit")));

  private House() {}

  static Path root() {
    return Path.of(System.getProperty("depot.root", ".."));
  }

  static JavaClasses classes() {
    return new ClassFileImporter()
        .importPaths(
            PACKAGES.keySet().stream()
                .map(module -> root().resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList());
  }

  /** Main and test sources of every module. */
  static List<Path> sourceFolders() {
    try (Stream<Path> modules = Files.list(root())) {
      return modules
          .flatMap(m -> Stream.of(m.resolve("src/main/java"), m.resolve("src/test/java")))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every page in Markdown that the project shows its readers. */
  static List<Path> documents() {
    try (Stream<Path> files = Files.walk(root(), 3)) {
      return files
          .filter(f -> f.toString().endsWith(".md"))
          .filter(f -> !f.toString().contains("/target/") && !f.toString().contains("/depot-data/"))
          .filter(f -> !f.toString().contains("/."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
