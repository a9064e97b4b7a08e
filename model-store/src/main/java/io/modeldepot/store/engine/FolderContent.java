package io.modeldepot.store.engine;

import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the folder of a model in a repository. */
final class FolderContent {
  private final FileCalls calls;

  FolderContent(FileCalls calls) {
    this.calls = calls;
  }

  /** Whether a folder has exactly these files with exactly this text. */
  boolean is(Path folder, Map<String, String> files) throws IOException {
    Optional<Set<String>> there = names(folder);
    if (there.isEmpty() || !there.get().equals(files.keySet())) {
      return false;
    }
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] read = SafeFile.read(calls, folder.resolve(file.getKey()));
        if (!Arrays.equals(read, PlacedFiles.bytes(file.getValue()))) {
          return false;
        }
      }
      return true;
    } catch (FileCallFailed e) {
      if (e.errno().outOfReach()) {
        return false;
      }
      throw e;
    }
  }

  /** Whether a folder has no file but some of these. */
  boolean hasOnly(Path folder, Set<String> files) throws IOException {
    return names(folder).filter(files::containsAll).isPresent();
  }

  /** The names of everything in a folder that is no directory; empty if there is no folder. */
  private Optional<Set<String>> names(Path folder) throws IOException {
    if (calls.stat(folder).filter(stat -> stat.isDirectory()).isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = new TreeSet<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, folder)) {
      if (!entry.stat().isDirectory()) {
        names.add(entry.path());
      }
    }
    return Optional.of(names);
  }
}
