package io.modeldepot.store.volume.call;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every way in which the store touches the file system. Each call is atomic or refused: it has its
 * whole effect or throws {@link FileCallFailed} and has none. None of them is durable before the
 * file ({@link OpenFile#sync}) and the directory that holds its name ({@link #syncDirectory}) are
 * synced. No call follows a link in its last component, unless it says so. Not promised: that a
 * call on a network file system which throws had no effect after all; callers repeat what is
 * idempotent.
 */
public interface FileCalls {
  /** More do not make it faster, whatever the machine. */
  int MOST_THREADS = 8;

  /**
   * Makes a file that did not exist and opens it for reading and writing.
   *
   * @throws FileCallFailed EEXIST if the name is taken
   */
  OpenFile create(Path file, int mode) throws IOException;

  /** Opens a file for reading and writing, nothing truncated. */
  OpenFile openForWriting(Path file) throws IOException;

  /** Opens a file for reading. */
  OpenFile openForReading(Path file) throws IOException;

  /**
   * Gives an inode one more name.
   *
   * @throws FileCallFailed EEXIST if the name is taken, EMLINK if the inode has all its links
   */
  void link(Path existing, Path name) throws IOException;

  /**
   * Renames, replacing a file or an empty directory of the new name.
   *
   * @throws FileCallFailed ENOTEMPTY or EEXIST if the new name is a directory with entries
   */
  void rename(Path from, Path to) throws IOException;

  /**
   * Renames only if the new name is free. Where the file system has no such call it is checked
   * first, which is enough under a claim.
   *
   * @throws FileCallFailed EEXIST if the name is taken
   */
  void renameNoReplace(Path from, Path to) throws IOException;

  /**
   * Exchanges two names at once.
   *
   * @throws FileCallFailed ENOENT if one is missing, EINVAL or so where unsupported
   */
  void exchange(Path one, Path other) throws IOException;

  /** Makes a symbolic link with exactly this text. */
  void symlink(Path name, String target) throws IOException;

  /** The text of a symbolic link. */
  String readLink(Path name) throws IOException;

  /** Removes the name of a file or link. */
  void unlink(Path name) throws IOException;

  /**
   * Makes a directory whose parent exists.
   *
   * @throws FileCallFailed EEXIST if the name is taken
   */
  void mkdir(Path directory, int mode) throws IOException;

  /** Removes an empty directory. */
  void rmdir(Path directory) throws IOException;

  /** Sets the permission bits; follows links. */
  void chmod(Path path, int mode) throws IOException;

  /** What a name is, links not followed; empty if there is none. */
  Optional<FileStat> stat(Path path) throws IOException;

  /**
   * The paths of the names in a directory, sorted by name. They lead to what they name also where
   * this process's locale cannot spell it.
   */
  List<Path> entries(Path directory) throws IOException;

  /** The names in a directory, sorted. One that cannot be spelled here has U+FFFD in it. */
  default List<String> list(Path directory) throws IOException {
    return entries(directory).stream().map(path -> String.valueOf(path.getFileName())).toList();
  }

  /**
   * A name in a directory.
   *
   * @param path leads to it
   * @param stat what it is, links not followed
   */
  record Found(Path path, FileStat stat) {}

  /** The names in a directory with what they are, sorted by name. What disappears is left out. */
  default List<Found> look(Path directory) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path path : entries(directory)) {
      stat(path).ifPresent(stat -> found.add(new Found(path, stat)));
    }
    return found;
  }

  /** Waits until the names in a directory are on the device. */
  void syncDirectory(Path directory) throws IOException;

  /**
   * Reserves the disk space of a file and sets its length to at least so many bytes; bytes not
   * written read as zeros.
   *
   * @throws FileCallFailed ENOSPC if there is not as much, EOPNOTSUPP where unsupported
   */
  void allocate(Path file, long bytes) throws IOException;

  /**
   * Makes a new file that shares its blocks with another one.
   *
   * @throws FileCallFailed EOPNOTSUPP or EXDEV where unsupported; the new name does not exist then
   */
  void cloneFile(Path from, Path to) throws IOException;

  /**
   * Whether any process of this machine has the file open for writing, asked by a read lease.
   * Answers true when it cannot be found out. The caller must not have it open for writing itself.
   */
  boolean mayHaveWriter(Path file) throws IOException;

  /** The numeric id of the user whom new files will belong to. */
  int user();

  /** How many threads it is worth to look at things with; with one the caller looks alone. */
  default int threadsToLook() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
  }

  /** A number for the name of something that nobody else is to name alike: random. */
  default int freshNumber() {
    return FreshNumber.next();
  }

  /** How full the file system of a path is. */
  Space space(Path path) throws IOException;

  /** The kind of file system a path is on, for example {@code ext4} or {@code nfs4}. */
  String fileSystemType(Path path) throws IOException;
}
