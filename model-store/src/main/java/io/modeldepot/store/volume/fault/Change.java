package io.modeldepot.store.volume.fault;

import java.nio.file.Path;

/** One call that changed the file system, its paths relative to the volume. */
public sealed interface Change {
  /** A new file, open under a handle. */
  record Create(Path file, int mode, int handle) implements Change {}

  /** An existing file, open under a handle. */
  record Open(Path file, int handle) implements Change {}

  /** Bytes at a position. */
  record Write(int handle, byte[] bytes, long position) implements Change {}

  /** Content on the device. */
  record Sync(int handle) implements Change {}

  /** Names on the device. */
  record SyncDirectory(Path directory) implements Change {}

  /** One more name. */
  record Link(Path existing, Path name) implements Change {}

  /** Another name. */
  record Rename(Path from, Path to) implements Change {}

  /** Another name that was free. */
  record RenameNoReplace(Path from, Path to) implements Change {}

  /** Two names for each other. */
  record Exchange(Path one, Path other) implements Change {}

  /** A symbolic link. */
  record Symlink(Path name, String target) implements Change {}

  /** One name less. */
  record Unlink(Path name) implements Change {}

  /** A new directory. */
  record Mkdir(Path directory, int mode) implements Change {}

  /** One directory less. */
  record Rmdir(Path directory) implements Change {}

  /** Other permission bits. */
  record Chmod(Path path, int mode) implements Change {}

  /** Space reserved. */
  record Allocate(Path file, long bytes) implements Change {}

  /** A file that shares the blocks of another. */
  record Clone(Path from, Path to) implements Change {}
}
