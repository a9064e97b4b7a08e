package io.modeldepot.store.volume.call;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done to whole trees of directories, call by call. */
public final class DirectoryTree {
  /** Directories of the store: everybody reads, the owner writes. */
  public static final int DIRECTORY_MODE = 0755;

  private DirectoryTree() {}

  /**
   * One name below a directory.
   *
   * @param path relative, with {@code /}; not for finding it again where a name cannot be spelled
   * @param stat what it is
   */
  public record Entry(String path, FileStat stat) {}

  /**
   * What was seen of a tree.
   *
   * @param entries every name, a directory before what is in it
   * @param refused why names or whole directories below are missing among them
   */
  public record Seen(List<Entry> entries, List<FileCallFailed> refused) {}

  /**
   * Exchanges two names in one step.
   *
   * @return whether it was done; false where the file system cannot, and then nothing was
   */
  public static boolean exchangeIfPossible(FileCalls calls, Path one, Path other)
      throws IOException {
    try {
      calls.exchange(one, other);
      return true;
    } catch (FileCallFailed e) {
      if (e.errno().unsupported() || e.errno() == Errno.EXDEV) {
        return false;
      }
      throw e;
    }
  }

  /** Every name below a directory, sorted, a directory before what is in it; links not followed. */
  public static List<Entry> walk(FileCalls calls, Path directory) throws IOException {
    Seen seen = look(calls, directory, Set.of());
    if (!seen.refused().isEmpty()) {
      throw seen.refused().getFirst();
    }
    return seen.entries();
  }

  /**
   * As {@link #walk}, but goes on where a directory may not be read, disappears or cannot be found
   * by a network file system.
   *
   * @param leftOut names of directories that are not looked into, wherever they are
   */
  public static Seen look(FileCalls calls, Path directory, Set<String> leftOut) throws IOException {
    Seen seen = new Seen(new ArrayList<>(), new ArrayList<>());
    look(calls, directory, "", leftOut, seen);
    return seen;
  }

  private static void look(
      FileCalls calls, Path directory, String prefix, Set<String> leftOut, Seen into)
      throws IOException {
    try {
      for (FileCalls.Found found : calls.look(directory)) {
        String name = String.valueOf(found.path().getFileName());
        into.entries().add(new Entry(prefix + name, found.stat()));
        if (found.stat().isDirectory() && !leftOut.contains(name)) {
          look(calls, found.path(), prefix + name + "/", leftOut, into);
        }
      }
    } catch (FileCallFailed e) {
      if (!e.errno().outOfReach()) {
        throw e;
      }
      into.refused().add(e);
    }
  }

  /** The names in a directory; none if it is not there, or out of reach. */
  public static List<Path> entriesIfThere(FileCalls calls, Path directory) throws IOException {
    return ifThere(() -> calls.entries(directory));
  }

  /** The same, with what they are. */
  public static List<FileCalls.Found> lookIfThere(FileCalls calls, Path directory)
      throws IOException {
    return ifThere(() -> calls.look(directory));
  }

  /** A call that lists a directory. */
  @FunctionalInterface
  private interface Listing<T> {
    List<T> get() throws IOException;
  }

  private static <T> List<T> ifThere(Listing<T> listing) throws IOException {
    try {
      return listing.get();
    } catch (FileCallFailed e) {
      if (e.errno().outOfReach()) {
        return List.of();
      }
      throw e;
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
        for (Path entry : calls.entries(path)) {
          remove(calls, entry);
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
    for (Path path : calls.entries(directory)) {
      if (calls.stat(path).filter(FileStat::isDirectory).isPresent()) {
        syncDirectories(calls, path);
      }
    }
    calls.syncDirectory(directory);
  }
}
