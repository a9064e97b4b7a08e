package io.modeldepot.mirror.shelf;

import static io.modeldepot.mirror.shelf.Edition.Standing.CURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BookTest {
  @Test
  void aPathThatLeadsOutOfTheTreeIsNoFileOfTheVersion() {
    Manifest manifest = manifest("/etc/passwd", "../other/config.json", "sub/../x", "config.json");
    Book book =
        Book.of(
            Editions.edition("m", 1, CURRENT, "a/b", "main"), Path.of("/versions/m/1"), manifest);

    assertThat(book.files()).containsOnlyKeys("config.json");
  }

  private static Manifest manifest(String... paths) {
    return new Manifest(
        Manifest.FORMAT,
        ModelName.of("m"),
        FamilyName.of("f"),
        Editions.commit(1),
        new Source(
            SourceKind.ADOPTED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.empty(),
        Stream.of(paths)
            .map(
                path ->
                    new ManifestFile(
                        path,
                        1,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        Optional.empty(),
        Instant.EPOCH);
  }
}
