package io.modeldepot.store.adopt;

import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a directory somebody made: names judged, links resolved as long as they stay below
 * the root. What tools leave behind (their caches, version control) is not part of a model.
 */
final class SourceTree {
  private static final Set<String> LEFT_OUT = Set.of(".git", ".cache", ".DS_Store", "__pycache__");

  private final FileCalls calls;
  private final Path directory;
  private final Path root;
  private final Map<String, Path> files = new TreeMap<>();

  private SourceTree(FileCalls calls, Path directory, Path root) {
    this.calls = calls;
    this.directory = directory;
    this.root = root;
  }

  /**
   * Path in the model to the file that has its content, sorted.
   *
   * @throws Unadoptable if it is empty, or something in it is no file, or is outside of the root
   * @throws BadNames if a name may not be on the volume
   */
  static Map<String, Path> files(FileCalls calls, Path directory, Path root) throws IOException {
    Path real = real(directory, directory);
    Path realRoot = real(root, directory);
    if (!real.startsWith(realRoot)) {
      throw new Unadoptable(directory, "it is not below " + root);
    }
    SourceTree tree = new SourceTree(calls, real, realRoot);
    if (calls.stat(real).filter(FileStat::isDirectory).isEmpty()) {
      throw new Unadoptable(directory, "it is no directory");
    }
    tree.collect(real, "", new ArrayList<>(List.of(real)));
    if (tree.files.isEmpty()) {
      throw new Unadoptable(directory, "it has no files");
    }
    FilePaths.requireGood(tree.files.keySet());
    return tree.files;
  }

  private void collect(Path at, String prefix, List<Path> above) throws IOException {
    for (String name : calls.list(at)) {
      if (LEFT_OUT.contains(name)) {
        continue;
      }
      Path path = at.resolve(name);
      Optional<FileStat> stat = calls.stat(path);
      if (stat.isPresent()) {
        collect(path, stat.get(), prefix + name, above);
      }
    }
  }

  private void collect(Path path, FileStat stat, String name, List<Path> above) throws IOException {
    switch (stat.kind()) {
      case FILE -> files.put(name, path);
      case DIRECTORY -> collect(path, name + "/", above);
      case LINK -> {
        Path target = real(path, directory);
        if (!target.startsWith(root)) {
          throw new Unadoptable(directory, name + " is a link to something outside of " + root);
        }
        Optional<FileStat> there = calls.stat(target);
        if (there.isEmpty() || above.contains(target)) {
          throw new Unadoptable(directory, name + " is a link that leads nowhere, or in a circle");
        }
        List<Path> deeper = new ArrayList<>(above);
        deeper.add(target);
        collect(target, there.get(), name, deeper);
      }
      case OTHER -> throw new Unadoptable(directory, name + " is neither a file nor a directory");
    }
  }

  private static Path real(Path path, Path directory) throws IOException {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new Unadoptable(directory, path + " does not exist", e);
    }
  }
}
