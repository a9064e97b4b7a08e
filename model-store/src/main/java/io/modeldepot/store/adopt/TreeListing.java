package io.modeldepot.store.adopt;

import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a tree that somebody copied in. What version control and download tools keep beside
 * a model ({@code .git}, {@code .cache}) is not part of it. A link counts as what it leads to, as
 * long as that stays below the allowed root.
 */
final class TreeListing {
  private static final Set<String> NOT_THE_MODEL = Set.of(".git", ".cache");
  private static final int DEEPEST = 64;

  private final FileCalls calls;
  private final Path root;

  TreeListing(FileCalls calls, Path root) {
    this.calls = calls;
    this.root = root;
  }

  /** Path in the tree, with {@code /}, to the real file. */
  SortedMap<String, Path> list(Path directory) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    Path real = inside(directory, directory);
    if (calls.stat(real).filter(FileStat::isDirectory).isEmpty()) {
      throw new Unadoptable(directory, "it is no directory");
    }
    list(directory, real, "", 0, files);
    if (files.isEmpty()) {
      throw new Unadoptable(directory, "there is no file in it");
    }
    return files;
  }

  private void list(
      Path tree, Path directory, String prefix, int depth, SortedMap<String, Path> into)
      throws IOException {
    if (depth > DEEPEST) {
      throw new Unadoptable(tree, "it is deeper than " + DEEPEST + " directories, or a circle");
    }
    for (String name : calls.list(directory)) {
      if (depth == 0 && NOT_THE_MODEL.contains(name)) {
        continue;
      }
      Path path = inside(tree, directory.resolve(name));
      Optional<FileStat> stat = calls.stat(path);
      switch (stat.map(FileStat::kind).orElse(FileStat.Kind.OTHER)) {
        case FILE -> into.put(prefix + name, path);
        case DIRECTORY -> list(tree, path, prefix + name + "/", depth + 1, into);
        case LINK, OTHER ->
            throw new Unadoptable(tree, prefix + name + " is neither a file nor a directory");
      }
    }
  }

  /** Where a path leads in the end, refused outside the root. */
  private Path inside(Path tree, Path path) throws IOException {
    try {
      Path real = path.toRealPath();
      if (!real.startsWith(root.toRealPath())) {
        throw new Unadoptable(tree, path.getFileName() + " leads outside " + root);
      }
      return real;
    } catch (NoSuchFileException e) {
      throw new Unadoptable(tree, path.getFileName() + " is not there, or a link to nothing");
    }
  }
}
