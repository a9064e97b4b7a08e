package io.modeldepot.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The console's sources and its catalogue of texts, side by side. */
class WordsTest {
  private static final Path SOURCES =
      Repository.root().resolve("registry-service/src/main/resources/web/app");

  /** A key that is whole; one that a name is appended to cannot be looked up here. */
  private static final Pattern USED = Pattern.compile("\\bt\\('([^']+)'[,)]");

  private static final Pattern SAID = Pattern.compile("(?:^|[{,\\s])(?:'([\\w.-]+)'|(\\w+)): '");

  @Test
  void everyTextThatIsAskedForIsInTheCatalogue() throws IOException {
    Set<String> used = new TreeSet<>();
    USED.matcher(read(path -> !path.toString().contains("/words/")))
        .results()
        .forEach(it -> used.add(it.group(1)));
    Set<String> said = new TreeSet<>();
    SAID.matcher(read(path -> path.toString().endsWith("en.js")))
        .results()
        .forEach(it -> said.add(it.group(1) == null ? it.group(2) : it.group(1)));

    assertThat(used).hasSizeGreaterThan(100);
    assertThat(said).containsAll(used);
  }

  @Test
  void nothingIsDrawnFromUntrustedMarkup() throws IOException {
    assertThat(read(path -> true))
        .doesNotContain("unsafeHTML")
        .doesNotContain("innerHTML")
        .doesNotContain("eval(");
  }

  private static String read(java.util.function.Predicate<Path> which) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".js"))
          .filter(which)
          .map(WordsTest::text)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
