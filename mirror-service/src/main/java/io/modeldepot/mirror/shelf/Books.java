package io.modeldepot.mirror.shelf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Manifests kept in memory, the least recently used leaving first. Safe for threads. */
final class Books {
  private final int mostFiles;
  private final LinkedHashMap<Key, Book> books = new LinkedHashMap<>(16, 0.75f, true);
  private int files;

  /** A version as one state of its manifest describes it. */
  private record Key(String model, String commit, String stamp) {
    static Key of(Edition edition) {
      return new Key(edition.model().value(), edition.commit().value(), edition.stamp());
    }
  }

  Books(int mostFiles) {
    this.mostFiles = mostFiles;
  }

  synchronized Optional<Book> find(Edition edition) {
    return Optional.ofNullable(books.get(Key.of(edition)));
  }

  /** Keeps a book; one that alone is too large is kept until another comes. */
  synchronized void keep(Book book) {
    Book before = books.put(Key.of(book.edition()), book);
    files += book.files().size() - (before == null ? 0 : before.files().size());
    var eldest = books.entrySet().iterator();
    while (files > mostFiles && books.size() > 1 && eldest.hasNext()) {
      Map.Entry<Key, Book> leaving = eldest.next();
      files -= leaving.getValue().files().size();
      eldest.remove();
    }
  }
}
