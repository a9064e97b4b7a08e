package io.modeldepot.store.volume.fault;

import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an operation changed, in order. Any beginning of it can be played on a copy of the volume as
 * it was before.
 *
 * @param changes every change that succeeded
 */
public record Trace(List<Change> changes) {
  /** Keeps its own copy. */
  public Trace {
    changes = List.copyOf(changes);
  }

  /** What ended the operation. */
  public enum End {
    /** The process was killed: everything it did is there. */
    KILL,
    /**
     * The power was cut: names are there, as a file system that journals them in order leaves them,
     * but content that was not synced is lost and such files are empty.
     */
    POWER_CUT
  }

  /** How many changes there are; a prefix may be as long. */
  public int length() {
    return changes.size();
  }

  /**
   * The beginnings that leave a volume otherwise than the next shorter one does, in order; the
   * empty one is the first. What only opens a file or syncs names changes nothing that is seen;
   * what syncs content changes something only where the power is cut, and only if some was not
   * synced.
   */
  public List<Integer> distinct(End end) {
    List<Integer> prefixes = new ArrayList<>(List.of(0));
    for (int prefix = 1; prefix <= length(); prefix++) {
      boolean seen =
          switch (changes.get(prefix - 1)) {
            case Change.Open _, Change.SyncDirectory _ -> false;
            case Change.Sync _ -> end == End.POWER_CUT && mayLoseContent(prefix - 1);
            default -> true;
          };
      if (seen) {
        prefixes.add(prefix);
      }
    }
    return prefixes;
  }

  /** Whether a power cut after this beginning may lose content; if not, it is like a kill. */
  public boolean mayLoseContent(int prefix) {
    return !unsynced(prefix).isEmpty();
  }

  /** Handles by which was written and not synced since. */
  private Set<Integer> unsynced(int prefix) {
    Set<Integer> handles = new HashSet<>();
    for (Change change : changes.subList(0, prefix)) {
      if (change instanceof Change.Write write) {
        handles.add(write.handle());
      } else if (change instanceof Change.Sync sync) {
        handles.remove(sync.handle());
      }
    }
    return handles;
  }

  /** Plays the first changes on a copy of the volume. */
  public void replay(FileCalls calls, Path root, int prefix, End end) throws IOException {
    try (Replay replay = new Replay(calls, root.toAbsolutePath().normalize())) {
      for (Change change : changes.subList(0, prefix)) {
        replay.play(change);
      }
      if (end == End.POWER_CUT) {
        replay.loseUnsynced();
      }
    }
  }

  /** Copies a volume: hard links stay hard links, links stay links, modes stay. */
  public static void copyVolume(FileCalls calls, Path from, Path to) throws IOException {
    Map<FileStat.Identity, Path> copied = new HashMap<>();
    calls.mkdir(to, DirectoryTree.DIRECTORY_MODE);
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, from)) {
      Path target = to.resolve(entry.path());
      switch (entry.stat().kind()) {
        case DIRECTORY -> calls.mkdir(target, entry.stat().mode());
        case LINK -> calls.symlink(target, calls.readLink(from.resolve(entry.path())));
        case FILE -> {
          Path first = copied.putIfAbsent(entry.stat().identity(), target);
          if (first != null) {
            calls.link(first, target);
          } else {
            Files.copy(from.resolve(entry.path()), target);
            calls.chmod(target, entry.stat().mode());
          }
        }
        case OTHER -> throw new IOException(entry.path() + " is nothing that can be copied");
      }
    }
  }

  /** The playing of one beginning. */
  private static final class Replay implements AutoCloseable {
    private final FileCalls calls;
    private final Path root;
    private final Map<Integer, FileStat.Identity> inodes = new HashMap<>();
    private final Map<FileStat.Identity, FileChannel> channels = new HashMap<>();
    private final Set<FileStat.Identity> unsynced = new HashSet<>();

    Replay(FileCalls calls, Path root) {
      this.calls = calls;
      this.root = root;
    }

    void play(Change change) throws IOException {
      switch (change) {
        case Change.Create create -> {
          calls.create(at(create.file()), create.mode()).close();
          open(create.file(), create.handle());
        }
        case Change.Open open -> open(open.file(), open.handle());
        case Change.Write write -> {
          FileStat.Identity inode = inode(write.handle());
          FileChannel channel = channel(inode);
          channel.write(ByteBuffer.wrap(write.bytes()), write.position());
          unsynced.add(inode);
        }
        case Change.Sync sync -> unsynced.remove(inode(sync.handle()));
        case Change.SyncDirectory _ -> {}
        case Change.Link link -> calls.link(at(link.existing()), at(link.name()));
        case Change.Rename rename -> calls.rename(at(rename.from()), at(rename.to()));
        case Change.RenameNoReplace rename ->
            calls.renameNoReplace(at(rename.from()), at(rename.to()));
        case Change.Exchange exchange -> calls.exchange(at(exchange.one()), at(exchange.other()));
        case Change.Symlink link -> calls.symlink(at(link.name()), link.target());
        case Change.Unlink unlink -> calls.unlink(at(unlink.name()));
        case Change.Mkdir mkdir -> calls.mkdir(at(mkdir.directory()), mkdir.mode());
        case Change.Rmdir rmdir -> calls.rmdir(at(rmdir.directory()));
        case Change.Chmod chmod -> calls.chmod(at(chmod.path()), chmod.mode());
        case Change.Allocate allocate -> calls.allocate(at(allocate.file()), allocate.bytes());
        case Change.Clone copy -> calls.cloneFile(at(copy.from()), at(copy.to()));
      }
    }

    void loseUnsynced() throws IOException {
      for (FileStat.Identity inode : unsynced) {
        channel(inode).truncate(0);
      }
    }

    private Path at(Path relative) {
      return root.resolve(relative);
    }

    private void open(Path file, int handle) throws IOException {
      Optional<FileStat> stat = calls.stat(at(file));
      if (stat.isEmpty()) {
        throw new IOException("The trace opens " + file + ", which is not there");
      }
      FileStat.Identity inode = stat.get().identity();
      inodes.put(handle, inode);
      if (!channels.containsKey(inode)) {
        channels.put(inode, writable(at(file), stat.get()));
      }
    }

    /** A channel that can write although the file is read-only: the mode binds openers only. */
    private FileChannel writable(Path file, FileStat stat) throws IOException {
      calls.chmod(file, 0600);
      try {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } finally {
        calls.chmod(file, stat.mode());
      }
    }

    private FileStat.Identity inode(int handle) {
      FileStat.Identity inode = inodes.get(handle);
      if (inode == null) {
        throw new IllegalStateException("The trace uses a handle that it did not open: " + handle);
      }
      return inode;
    }

    private FileChannel channel(FileStat.Identity inode) {
      FileChannel channel = channels.get(inode);
      if (channel == null) {
        throw new IllegalStateException("No channel for " + inode);
      }
      return channel;
    }

    @Override
    public void close() throws IOException {
      for (FileChannel channel : channels.values()) {
        channel.close();
      }
    }
  }
}
