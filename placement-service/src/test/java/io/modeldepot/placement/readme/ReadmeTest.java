package io.modeldepot.placement.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code make docs} writes the tables anew; else they are compared. */
class ReadmeTest {
  private static final Path README = Path.of("README.md").toAbsolutePath();
  private static final String BEGIN = "<!-- the seed's tables: written by make docs -->\n";
  private static final String END = "<!-- end of the seed's tables -->\n";

  @Test
  void theTablesAreWhatTheCodeSays() throws IOException {
    String page = Files.readString(README);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).as("the marks are in %s", README).isGreaterThanOrEqualTo(begin);

    if (Boolean.getBoolean("depot.docs.write")) {
      Files.writeString(README, page.substring(0, begin) + SeedTables.text() + page.substring(end));
      return;
    }

    assertThat(page.substring(begin, end))
        .as("the tables in %s; make docs writes them anew", README)
        .isEqualTo(SeedTables.text());
  }
}
