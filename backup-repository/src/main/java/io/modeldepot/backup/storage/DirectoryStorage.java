package io.modeldepot.backup.storage;

import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Objects as files below a directory that exists. An object is written under a name that begins
 * with a dot, synced, renamed into place and its directory synced. What a crash left under such a
 * name no listing shows; {@link #sweep} removes it.
 */
public final class DirectoryStorage implements Storage {
  private static final String UNFINISHED = ".new-";
  private static final int MODE = 0644;

  private final FileCalls calls;
  private final Path root;

  /** Objects below a directory, through the real file system. */
  public DirectoryStorage(Path root) {
    this(root, new LinuxCalls());
  }

  /** The same through other calls. */
  public DirectoryStorage(Path root, FileCalls calls) {
    this.root = root.toAbsolutePath().normalize();
    this.calls = calls;
  }

  @Override
  public void put(String name, ByteBuffer content) throws IOException {
    Path file = file(name);
    try {
      if (calls.stat(root).filter(FileStat::isDirectory).isEmpty()) {
        throw new StorageFailed("There is no directory " + root + "; is it mounted?");
      }
      makeDirectories(file);
      Path unfinished = file.resolveSibling(UNFINISHED + FreshName.eightHex());
      write(unfinished, content);
      calls.rename(unfinished, file);
      calls.syncDirectory(parent(file));
    } catch (FileCallFailed e) {
      throw refused("Writing " + name, e);
    }
  }

  private void write(Path file, ByteBuffer content) throws IOException {
    boolean whole = false;
    try {
      try (OpenFile open = calls.create(file, MODE)) {
        open.write(content.duplicate(), 0);
        open.sync();
      }
      whole = true;
    } finally {
      if (!whole && calls.stat(file).isPresent()) {
        calls.unlink(file);
      }
    }
  }

  private void makeDirectories(Path file) throws IOException {
    Path at = root;
    for (Path part : root.relativize(parent(file))) {
      Path above = at;
      at = at.resolve(part);
      if (!part.toString().isEmpty() && DirectoryTree.makeIfAbsent(calls, at)) {
        calls.syncDirectory(above);
      }
    }
  }

  @Override
  public byte[] get(String name) throws IOException {
    return read(name, 0, Integer.MAX_VALUE);
  }

  @Override
  public byte[] get(String name, long offset, int length) throws IOException {
    return read(name, offset, length);
  }

  private byte[] read(String name, long offset, int most) throws IOException {
    try (OpenFile open = calls.openForReading(file(name))) {
      long length = Math.min(Math.max(open.size() - offset, 0), most);
      ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(length));
      int read = open.read(content, offset);
      byte[] bytes = content.array();
      return read == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, read);
    } catch (FileCallFailed e) {
      if (missing(e)) {
        throw new NoSuchObject(place(), name);
      }
      throw refused("Reading " + name, e);
    }
  }

  @Override
  public List<Stored> list(String folder) throws IOException {
    List<Stored> found = new ArrayList<>();
    try {
      list(file(folder), folder, found);
    } catch (FileCallFailed e) {
      throw refused("Listing " + folder, e);
    }
    return found;
  }

  private void list(Path directory, String prefix, List<Stored> into) throws IOException {
    List<Path> entries;
    try {
      entries = calls.entries(directory);
    } catch (FileCallFailed e) {
      if (missing(e)) {
        return;
      }
      throw e;
    }
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      Optional<FileStat> stat = calls.stat(entry);
      if (stat.isEmpty() || name.startsWith(".")) {
        continue;
      }
      if (stat.get().isDirectory()) {
        list(entry, prefix + "/" + name, into);
      } else if (stat.get().isFile()) {
        into.add(new Stored(prefix + "/" + name, stat.get().sizeBytes()));
      }
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = file(name);
    try {
      calls.unlink(file);
      calls.syncDirectory(parent(file));
    } catch (FileCallFailed e) {
      if (!missing(e)) {
        throw refused("Removing " + name, e);
      }
    }
  }

  @Override
  public long sweep(String folder) throws IOException {
    return sweepBelow(file(folder));
  }

  private long sweepBelow(Path directory) throws IOException {
    long freed = 0;
    try {
      for (Path entry : calls.entries(directory)) {
        Optional<FileStat> stat = calls.stat(entry);
        if (stat.filter(FileStat::isDirectory).isPresent()) {
          freed += sweepBelow(entry);
        } else if (stat.isPresent() && String.valueOf(entry.getFileName()).startsWith(UNFINISHED)) {
          freed += stat.get().sizeBytes();
          calls.unlink(entry);
        }
      }
    } catch (FileCallFailed e) {
      if (!missing(e)) {
        throw refused("Clearing up", e);
      }
    }
    return freed;
  }

  @Override
  public String place() {
    return root.toString();
  }

  @Override
  public OptionalLong freeBytes() throws IOException {
    return OptionalLong.of(calls.space(root).usableBytes());
  }

  private Path file(String name) {
    return root.resolve(ObjectName.checked(name));
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }

  private static boolean missing(FileCallFailed e) {
    return e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
  }

  private StorageFailed refused(String what, FileCallFailed e) {
    return e.errno() == Errno.ENOSPC || e.errno() == Errno.EDQUOT
        ? new StorageFull(place(), e)
        : new StorageFailed(place(), what, e);
  }
}
