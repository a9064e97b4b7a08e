package io.modeldepot.mirror.shelf;

import static io.modeldepot.mirror.shelf.Edition.Standing.CURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ManifestFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BooksTest {
  private final Books books = new Books(10);

  @Test
  void theLeastRecentlyUsedLeavesFirst() {
    // Given
    books.keep(book(1, 4));
    books.keep(book(2, 4));
    books.find(book(1, 4).edition());

    // When
    books.keep(book(3, 4));

    // Then
    assertThat(books.find(book(1, 4).edition())).isPresent();
    assertThat(books.find(book(2, 4).edition())).isEmpty();
    assertThat(books.find(book(3, 4).edition())).isPresent();
  }

  @Test
  void oneThatAloneIsTooLargeIsStillKept() {
    books.keep(book(1, 100));
    assertThat(books.find(book(1, 100).edition())).isPresent();
  }

  private static Book book(int digit, int files) {
    TreeMap<String, ManifestFile> byPath = new TreeMap<>();
    IntStream.range(0, files)
        .forEach(
            i ->
                byPath.put(
                    "f" + i,
                    new ManifestFile(
                        "f" + i,
                        1,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
    return new Book(Editions.edition("m", digit, CURRENT, "a/b", "main"), Path.of("/"), byPath);
  }
}
