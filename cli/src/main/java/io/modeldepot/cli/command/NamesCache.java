package io.modeldepot.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
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
    write("names", names, "[a-z0-9][a-z0-9._-]{0,95}");
  }

  /** The same for GPUs, as {@code HOST/ID}: {@code <cache>/gpus}. */
  public void replaceGpus(Collection<String> gpus) {
    write("gpus", gpus, "[A-Za-z0-9._-]{1,253}/[A-Za-z0-9._-]{1,128}");
  }

  private void write(String file, Collection<String> words, String form) {
    TreeSet<String> sorted = new TreeSet<>();
    for (String word : words) {
      if (word.matches(form)) {
        sorted.add(word);
      }
    }
    try {
      Files.createDirectories(directory);
      Path fresh = Files.createTempFile(directory, file, ".tmp");
      Files.write(fresh, sorted);
      Files.move(fresh, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // a read-only home is fine: Tab then offers what it knew
    }
  }

  /** The names that were seen so far; none where the list cannot be read. */
  public List<String> known() {
    try {
      return Files.readAllLines(directory.resolve("names"));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Adds names to the list. */
  public void add(Collection<String> names) {
    TreeSet<String> all = new TreeSet<>(names);
    all.addAll(known());
    replace(all);
  }
}
