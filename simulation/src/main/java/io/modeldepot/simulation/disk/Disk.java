package io.modeldepot.simulation.disk;

import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileStat;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory. Changes of names are journaled in order, as ext4 and XFS do: a power cut
 * keeps some beginning of those that no {@code fsync} of a directory has made durable, and of
 * content what was synced. Syncing a file makes its content durable, and no name.
 */
public final class Disk {
  private static final long SPACE_OF_A_NAME = 256;

  private final Supplier<Instant> clock;
  private final Inode root;
  private final Deque<Undo> journal = new ArrayDeque<>();
  private final long capacity;
  private long numbers = 1;
  private long used;

  /** What a change of names was, and how it is taken back. */
  private record Undo(Set<Inode> directories, Runnable back) {}

  /** What looks at the disk after each change of names. */
  @FunctionalInterface
  public interface Watcher {
    /** Something has another name, or none, or one more. */
    void changed(String call, String path);
  }

  private Watcher watcher = (call, path) -> {};

  /**
   * An empty disk.
   *
   * @param clock by which files are stamped
   */
  public Disk(Supplier<Instant> clock, long capacity) {
    this.clock = clock;
    this.capacity = capacity;
    this.root = new Inode(numbers++, FileStat.Kind.DIRECTORY, 0755, "", clock.get());
  }

  /** Sets who looks. */
  public void watch(Watcher next) {
    watcher = next;
  }

  /** What is free. */
  public long freeBytes() {
    return capacity - used;
  }

  /** All there is. */
  public long capacityBytes() {
    return capacity;
  }

  // -- finding

  @Nullable Inode find(String path) {
    Inode at = root;
    int from = 0;
    int length = path.length();
    while (from < length) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? length : slash;
      if (end > from && !(end == from + 1 && path.charAt(from) == '.')) {
        Inode next = at.isDirectory() ? at.names.get(path.substring(from, end)) : null;
        if (next == null) {
          return null;
        }
        at = next;
      }
      from = end + 1;
    }
    return at;
  }

  Inode require(String call, Path path) throws FileCallFailed {
    Inode found = find(path.toString());
    if (found == null) {
      throw new FileCallFailed(call, path, parentIsFile(path) ? Errno.ENOTDIR : Errno.ENOENT);
    }
    return found;
  }

  private boolean parentIsFile(Path path) {
    Path parent = path.getParent();
    Inode at = parent == null ? null : find(parent.toString());
    return at != null && !at.isDirectory();
  }

  private Inode directoryOf(String call, Path path) throws FileCallFailed {
    Path parent = path.getParent();
    if (parent == null) {
      throw new FileCallFailed(call, path, Errno.EINVAL);
    }
    Inode directory = find(parent.toString());
    if (directory == null) {
      throw new FileCallFailed(call, path, Errno.ENOENT);
    }
    if (!directory.isDirectory()) {
      throw new FileCallFailed(call, path, Errno.ENOTDIR);
    }
    return directory;
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  // -- names

  Inode make(String call, Path path, FileStat.Kind kind, int mode, String target)
      throws FileCallFailed {
    Inode directory = directoryOf(call, path);
    String name = nameOf(path);
    if (directory.names.containsKey(name)) {
      throw new FileCallFailed(call, path, Errno.EEXIST);
    }
    reserve(call, path, SPACE_OF_A_NAME);
    Inode made = new Inode(numbers++, kind, mode, target, clock.get());
    put(directory, name, made);
    done(call, path, Set.of(directory), () -> take(directory, name));
    return made;
  }

  void link(Path existing, Path path) throws FileCallFailed {
    Inode inode = require("link", existing);
    Inode directory = directoryOf("link", path);
    String name = nameOf(path);
    if (directory.names.containsKey(name)) {
      throw new FileCallFailed("link", path, Errno.EEXIST);
    }
    put(directory, name, inode);
    done("link", path, Set.of(directory), () -> take(directory, name));
  }

  void unlink(String call, Path path, boolean directoryWanted) throws FileCallFailed {
    Inode directory = directoryOf(call, path);
    String name = nameOf(path);
    Inode inode = directory.names.get(name);
    if (inode == null) {
      throw new FileCallFailed(call, path, Errno.ENOENT);
    }
    if (inode.isDirectory() != directoryWanted) {
      throw new FileCallFailed(call, path, directoryWanted ? Errno.ENOTDIR : Errno.EISDIR);
    }
    if (!inode.names.isEmpty()) {
      throw new FileCallFailed(call, path, Errno.ENOTEMPTY);
    }
    take(directory, name);
    done(call, path, Set.of(directory), () -> put(directory, name, inode));
  }

  void rename(String call, Path from, Path to, boolean replace) throws FileCallFailed {
    Inode source = directoryOf(call, from);
    Inode target = directoryOf(call, to);
    String old = nameOf(from);
    String fresh = nameOf(to);
    Inode moved = source.names.get(old);
    if (moved == null) {
      throw new FileCallFailed(call, from, Errno.ENOENT);
    }
    Inode there = target.names.get(fresh);
    if (there == moved) {
      return;
    }
    if (there != null) {
      if (!replace) {
        throw new FileCallFailed(call, to, Errno.EEXIST);
      }
      if (there.isDirectory() != moved.isDirectory()) {
        throw new FileCallFailed(call, to, there.isDirectory() ? Errno.EISDIR : Errno.ENOTDIR);
      }
      if (!there.names.isEmpty()) {
        throw new FileCallFailed(call, to, Errno.ENOTEMPTY);
      }
      take(target, fresh);
    }
    take(source, old);
    put(target, fresh, moved);
    done(
        call,
        to,
        Set.copyOf(source == target ? List.of(source) : List.of(source, target)),
        () -> {
          take(target, fresh);
          put(source, old, moved);
          if (there != null) {
            put(target, fresh, there);
          }
        });
  }

  void exchange(Path one, Path other) throws FileCallFailed {
    Inode first = directoryOf("exchange", one);
    Inode second = directoryOf("exchange", other);
    String name = nameOf(one);
    String its = nameOf(other);
    Inode a = first.names.get(name);
    Inode b = second.names.get(its);
    if (a == null || b == null) {
      throw new FileCallFailed("exchange", a == null ? one : other, Errno.ENOENT);
    }
    first.names.put(name, b);
    second.names.put(its, a);
    done(
        "exchange",
        other,
        Set.copyOf(first == second ? List.of(first) : List.of(first, second)),
        () -> {
          first.names.put(name, a);
          second.names.put(its, b);
        });
  }

  private void put(Inode directory, String name, Inode inode) {
    directory.names.put(name, inode);
    if (inode.links++ == 0) {
      used += SPACE_OF_A_NAME + inode.size;
    }
    directory.modifiedAt = clock.get();
  }

  private void take(Inode directory, String name) {
    Inode gone = directory.names.remove(name);
    if (gone != null && --gone.links == 0) {
      used -= SPACE_OF_A_NAME + gone.size;
    }
    directory.modifiedAt = clock.get();
  }

  private void done(String call, Path path, Set<Inode> directories, Runnable back) {
    journal.addLast(new Undo(directories, back));
    watcher.changed(call, path.toString());
  }

  // -- content

  void write(Path path, Inode inode, byte[] from, int offset, int length, long position)
      throws FileCallFailed {
    reserve("write", path, Math.max(0, position + length - inode.size));
    long before = inode.size;
    inode.write(from, offset, length, position);
    if (inode.links > 0) {
      used += inode.size - before;
    }
    inode.modifiedAt = clock.get();
  }

  void allocate(Path path, long size) throws FileCallFailed {
    Inode inode = require("allocate", path);
    long more = Math.max(0, size - inode.size);
    reserve("allocate", path, more);
    inode.size += more;
    used += more;
    inode.dirty = true;
  }

  private void reserve(String call, Path path, long bytes) throws FileCallFailed {
    if (bytes > capacity - used) {
      throw new FileCallFailed(call, path, Errno.ENOSPC);
    }
  }

  void syncDirectory(Path path) throws FileCallFailed {
    Inode directory = require("syncDirectory", path);
    int durable = 0;
    int at = 0;
    for (Undo change : journal) {
      at++;
      if (change.directories().contains(directory)) {
        durable = at;
      }
    }
    for (int done = 0; done < durable; done++) {
      journal.removeFirst();
    }
  }

  /** How many changes of names a power cut may take back. */
  public int lossy() {
    return journal.size();
  }

  /**
   * Cuts the power: so many of the last changes of names never happened, and content that was not
   * synced is lost.
   */
  public void cutPower(int lost) {
    for (int undone = 0; undone < lost; undone++) {
      journal.removeLast().back().run();
    }
    journal.clear();
    lose(root, new HashSet<>());
    used = 0;
    count(root, new HashSet<>());
  }

  private static void lose(Inode inode, Set<Inode> seen) {
    if (!seen.add(inode)) {
      return;
    }
    if (inode.isFile()) {
      inode.lose();
    }
    inode.names.values().forEach(child -> lose(child, seen));
  }

  private void count(Inode inode, Set<Inode> seen) {
    if (seen.add(inode)) {
      used += SPACE_OF_A_NAME + inode.size;
      inode.names.values().forEach(child -> count(child, seen));
    }
  }

  // -- looking, for whoever checks

  /** The names in a directory; none if it is not there. */
  public Set<String> names(String path) {
    Inode found = find(path);
    return found == null ? Set.of() : found.names.keySet();
  }

  /** Whether there is such a name. */
  public boolean exists(String path) {
    return find(path) != null;
  }

  /** Whether there is a directory of that name. */
  public boolean isDirectory(String path) {
    Inode found = find(path);
    return found != null && found.isDirectory();
  }

  /** The length of a file; -1 if there is none. */
  public long size(String path) {
    Inode found = find(path);
    return found == null || !found.isFile() ? -1 : found.size;
  }

  /** The inode of a name; 0 if there is none. */
  public long inode(String path) {
    Inode found = find(path);
    return found == null ? 0 : found.number;
  }

  /** The bytes of a file up to its last that is not zero; empty if there is none. */
  public byte[] bytes(String path) {
    Inode found = find(path);
    return found == null ? new byte[0] : found.bytes;
  }

  /** The text of a link; empty if there is none. */
  public String link(String path) {
    Inode found = find(path);
    return found == null ? "" : found.target;
  }

  /** Every file and link below a directory, relative to it. */
  public List<String> below(String path) {
    List<String> found = new ArrayList<>();
    Inode at = find(path);
    if (at != null) {
      below(at, "", found);
    }
    return found;
  }

  private static void below(Inode at, String prefix, List<String> into) {
    Iterator<Map.Entry<String, Inode>> all = at.names.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Inode> next = all.next();
      if (next.getValue().isDirectory()) {
        below(next.getValue(), prefix + next.getKey() + "/", into);
      } else {
        into.add(prefix + next.getKey());
      }
    }
  }
}
