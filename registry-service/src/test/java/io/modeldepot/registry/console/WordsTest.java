package io.modeldepot.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The console's sources and its catalogue of texts, side by side. */
class WordsTest {
  private static final Path SOURCES =
      Repository.root().resolve("registry-service/src/main/resources/web/app");

  /** A key that is whole; one that a name is appended to cannot be looked up here. */
  private static final Pattern USED = Pattern.compile("\\bt\\('([^']+)'[,)]");

  private static final Pattern SAID =
      Pattern.compile("(?:^|[{,\\s])(?:'([\\w.-]+)'|(\\w+)): '([^'\n]*)'");

  private static final Pattern BLANK = Pattern.compile("\\{(\\w+)");

  @Test
  void everyTextThatIsAskedForIsInTheCatalogue() throws IOException {
    Set<String> used = new TreeSet<>();
    USED.matcher(read(path -> !path.toString().contains("/words/")))
        .results()
        .forEach(it -> used.add(it.group(1)));

    assertThat(used).hasSizeGreaterThan(100);
    assertThat(texts("en").keySet()).containsAll(used);
  }

  @Test
  void everyLanguageSaysTheSameWithTheSameBlanks() throws IOException {
    Map<String, String> english = texts("en");
    Map<String, String> german = texts("de");

    assertThat(german.keySet()).isEqualTo(english.keySet());
    for (Map.Entry<String, String> text : english.entrySet()) {
      assertThat(blanks(german.get(text.getKey())))
          .as(text.getKey())
          .isEqualTo(blanks(text.getValue()));
    }
  }

  @Test
  void nothingIsDrawnFromUntrustedMarkup() throws IOException {
    assertThat(read(path -> true))
        .doesNotContain("unsafeHTML")
        .doesNotContain("innerHTML")
        .doesNotContain("eval(");
  }

  /** Key and text, of all files of a language. */
  private static Map<String, String> texts(String language) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    SAID.matcher(read(path -> path.toString().endsWith(language + ".js")))
        .results()
        .forEach(it -> texts.put(it.group(1) == null ? it.group(2) : it.group(1), it.group(3)));
    return texts;
  }

  private static Set<String> blanks(@Nullable String text) {
    return BLANK
        .matcher(text == null ? "" : text)
        .results()
        .map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
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
