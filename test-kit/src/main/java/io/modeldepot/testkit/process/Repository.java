package io.modeldepot.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the repository that is being tested. */
public final class Repository {
  private Repository() {}

  /** Its root: the system property {@code depot.root}, else the folder above that is one. */
  public static Path root() {
    String named = System.getProperty("depot.root", "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("standalone/pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("Not inside the repository: " + here);
  }

  /**
   * The class path of the engines.
   *
   * @throws IllegalStateException if it has not been built, saying how
   */
  public static String enginesClassPath() {
    Path target = root().resolve("standalone/target");
    if (!Files.exists(target.resolve("dist/lib"))) {
      throw new IllegalStateException(
          "The engines are not built; run: mvn -pl standalone package -DskipTests");
    }
    return target.resolve("classes") + ":" + target.resolve("dist/lib") + "/*";
  }

  /** A new, empty folder for the data of one test run; it goes away with {@code mvn clean}. */
  public static Path newDataFolder(String name) {
    try {
      Path parent = Path.of("target", "test-kit").toAbsolutePath();
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
