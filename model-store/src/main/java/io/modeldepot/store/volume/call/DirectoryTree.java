package io.modeldepot.store.volume.call;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done to whole trees of directories, call by call. */
public final class DirectoryTree {
  /** Directories of the store: everybody reads, the owner writes. */
  public static final int DIRECTORY_MODE = 0755;

  private DirectoryTree() {}

  /**
   * One name below a directory.
   *
   * @param path relative, with {@code /}
   * @param stat what it is
   */
  public record Entry(String path, FileStat stat) {}

  /** Every name below a directory, sorted, a directory before what is in it; links not followed. */
  public static List<Entry> walk(FileCalls calls, Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    walk(calls, directory, "", entries);
    return entries;
  }

  private static void walk(FileCalls calls, Path directory, String prefix, List<Entry> into)
      throws IOException {
    for (String name : calls.list(directory)) {
      Path path = directory.resolve(name);
      Optional<FileStat> stat = calls.stat(path);
      if (stat.isEmpty()) {
        continue;
      }
      into.add(new Entry(prefix + name, stat.get()));
      if (stat.get().isDirectory()) {
        walk(calls, path, prefix + name + "/", into);
      }
    }
  }

  /** Makes the missing directories of {@code relative} below a directory that exists. */
  public static void makeBelow(FileCalls calls, Path base, Path relative) throws IOException {
    Path at = base;
    for (Path part : relative) {
      at = at.resolve(part);
      makeIfAbsent(calls, at);
    }
  }

  /**
   * Makes a directory whose parent exists, unless it is there.
   *
   * @return whether it was made
   */
  public static boolean makeIfAbsent(FileCalls calls, Path directory) throws IOException {
    try {
      calls.mkdir(directory, DIRECTORY_MODE);
      return true;
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.EEXIST) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Removes a tree, deepest names first. What disappears meanwhile is not missed; a tree that is
   * not there is already removed.
   */
  public static void remove(FileCalls calls, Path path) throws IOException {
    Optional<FileStat> stat = calls.stat(path);
    if (stat.isEmpty()) {
      return;
    }
    try {
      if (stat.get().isDirectory()) {
        for (String name : calls.list(path)) {
          remove(calls, path.resolve(name));
        }
        calls.rmdir(path);
      } else {
        calls.unlink(path);
      }
    } catch (FileCallFailed e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  /** Syncs every directory of a tree, deepest first, so that its names are on the device. */
  public static void syncDirectories(FileCalls calls, Path directory) throws IOException {
    for (String name : calls.list(directory)) {
      Path path = directory.resolve(name);
      if (calls.stat(path).filter(FileStat::isDirectory).isPresent()) {
        syncDirectories(calls, path);
      }
    }
    calls.syncDirectory(directory);
  }
}
