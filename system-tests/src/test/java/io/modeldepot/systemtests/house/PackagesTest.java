package io.modeldepot.systemtests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static final Set<String> NAMES_THAT_SAY_NOTHING =
      Set.of("common", "config", "util", "utils", "impl", "helper", "misc");

  @Test
  void everyPackageOfTheProductSaysWhatHappensInIt() throws IOException {
    for (Path folder : mainPackages()) {
      Path info = folder.resolve("package-info.java");
      assertThat(info).exists();
      String text = House.read(info);
      assertThat(text).as("%s", info).contains("@NullMarked").contains("/**");
      assertThat(text.substring(text.indexOf("/**"), text.indexOf("*/")).length())
          .as("%s needs a paragraph", info)
          .isGreaterThan(120);
    }
  }

  @Test
  void noPackageHasANameThatSaysNothing() throws IOException {
    assertThat(mainPackages())
        .extracting(folder -> folder.getFileName().toString())
        .doesNotContainAnyElementsOf(NAMES_THAT_SAY_NOTHING);
  }

  private static List<Path> mainPackages() throws IOException {
    try (Stream<Path> found =
        House.sourceFolders().stream()
            .filter(folder -> folder.endsWith("src/main/java"))
            .flatMap(PackagesTest::packagesBelow)) {
      return found.toList();
    }
  }

  private static Stream<Path> packagesBelow(Path sources) {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(Files::isDirectory).filter(PackagesTest::hasClasses).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean hasClasses(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(f -> f.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
