package io.modeldepot.store.inspect;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a model: their paths in the repository, and where each lies now. They may lie in a
 * tree or be scattered over blobs.
 *
 * @param byPath path in the repository, with {@code /}, to the file
 */
public record ModelFiles(SortedMap<String, Path> byPath) {
  public ModelFiles {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
  }

  /** Files that lie anywhere. */
  public static ModelFiles of(Map<String, Path> byPath) {
    return new ModelFiles(new TreeMap<>(byPath));
  }

  /**
   * Files of one tree.
   *
   * @param root of the tree
   * @param paths in the repository, already validated as relative and without {@code ..}
   */
  public static ModelFiles under(Path root, Collection<String> paths) {
    SortedMap<String, Path> files = new TreeMap<>();
    paths.forEach(path -> files.put(path, root.resolve(path)));
    return new ModelFiles(files);
  }

  Optional<Path> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }
}
