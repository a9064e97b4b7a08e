package io.modeldepot.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.TreeSet;

/**
 * The names that Tab offers, one a line: {@code <cache>/names}. Shells read the file themselves, so
 * that completion never starts a JVM. Losing it loses nothing: every failure here is silent, and
 * only names that need no quoting are written.
 */
public final class NamesCache {
  private final Path directory;

  NamesCache(Path directory) {
    this.directory = directory;
  }

  /** Replaces the list; readers see the old or the new one. */
  public void replace(Collection<String> names) {
    TreeSet<String> sorted = new TreeSet<>();
    for (String name : names) {
      if (name.matches("[a-z0-9][a-z0-9._-]{0,95}")) {
        sorted.add(name);
      }
    }
    try {
      Files.createDirectories(directory);
      Path fresh = Files.createTempFile(directory, "names", ".tmp");
      Files.write(fresh, sorted);
      Files.move(fresh, directory.resolve("names"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // a read-only home is fine: Tab then offers what it knew
    }
  }

  /** Adds names to the list. */
  public void add(Collection<String> names) {
    TreeSet<String> all = new TreeSet<>(names);
    try {
      all.addAll(Files.readAllLines(directory.resolve("names")));
    } catch (IOException e) {
      // there was none yet
    }
    replace(all);
  }
}
