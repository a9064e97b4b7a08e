package io.modeldepot.simulation.disk;

import io.modeldepot.simulation.time.Chance;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import io.modeldepot.store.volume.call.Space;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The calls of one process to a disk. Before each of them anything may happen: it is somebody
 * else's turn, the process is killed, the power is cut, the call is refused.
 */
public final class DiskCalls implements FileCalls {
  private static final int USER = 1000;

  private final Disk disk;
  private final Chance chance;
  private final Before before;

  /** What happens before a call. */
  @FunctionalInterface
  public interface Before {
    /**
     * Lets it happen.
     *
     * @return why the call is refused; empty if it is not
     */
    Optional<Errno> call(String name, Path path);
  }

  /** The calls of a process. */
  public DiskCalls(Disk disk, Chance chance, Before before) {
    this.disk = disk;
    this.chance = chance;
    this.before = before;
  }

  private void before(String call, Path path) throws IOException {
    Optional<Errno> refused = before.call(call, path);
    if (refused.isPresent()) {
      throw new FileCallFailed(call, path, refused.get());
    }
  }

  @Override
  public OpenFile create(Path file, int mode) throws IOException {
    before("create", file);
    return new Open(file, disk.make("create", file, FileStat.Kind.FILE, mode, ""), true);
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    before("openForWriting", file);
    return new Open(file, file("open", file), true);
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    before("openForReading", file);
    return new Open(file, file("open", file), false);
  }

  private Inode file(String call, Path path) throws FileCallFailed {
    Inode inode = disk.require(call, path);
    if (!inode.isFile()) {
      throw new FileCallFailed(call, path, inode.isDirectory() ? Errno.EISDIR : Errno.ELOOP);
    }
    return inode;
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    before("link", name);
    disk.link(existing, name);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    before("rename", to);
    disk.rename("rename", from, to, true);
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    before("renameNoReplace", to);
    disk.rename("renameNoReplace", from, to, false);
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    before("exchange", other);
    disk.exchange(one, other);
  }

  @Override
  public void symlink(Path name, String target) throws IOException {
    before("symlink", name);
    Inode unused = disk.make("symlink", name, FileStat.Kind.LINK, 0777, target);
  }

  @Override
  public String readLink(Path name) throws IOException {
    before("readLink", name);
    Inode inode = disk.require("readLink", name);
    if (inode.kind != FileStat.Kind.LINK) {
      throw new FileCallFailed("readLink", name, Errno.EINVAL);
    }
    return inode.target;
  }

  @Override
  public void unlink(Path name) throws IOException {
    before("unlink", name);
    disk.unlink("unlink", name, false);
  }

  @Override
  public void mkdir(Path directory, int mode) throws IOException {
    before("mkdir", directory);
    Inode unused = disk.make("mkdir", directory, FileStat.Kind.DIRECTORY, mode, "");
  }

  @Override
  public void rmdir(Path directory) throws IOException {
    before("rmdir", directory);
    disk.unlink("rmdir", directory, true);
  }

  @Override
  public void chmod(Path path, int mode) throws IOException {
    before("chmod", path);
    disk.require("chmod", path).mode = mode;
  }

  @Override
  public Optional<FileStat> stat(Path path) throws IOException {
    before("stat", path);
    Inode inode = disk.find(path.toString());
    return inode == null ? Optional.empty() : Optional.of(stat(inode));
  }

  private static FileStat stat(Inode inode) {
    return new FileStat(
        inode.kind,
        1,
        inode.number,
        inode.isDirectory() ? 2 : inode.links,
        inode.size,
        inode.size,
        inode.mode,
        USER,
        inode.modifiedAt);
  }

  @Override
  public List<Path> entries(Path directory) throws IOException {
    before("list", directory);
    Inode inode = disk.require("list", directory);
    if (!inode.isDirectory()) {
      throw new FileCallFailed("list", directory, Errno.ENOTDIR);
    }
    List<Path> entries = new ArrayList<>(inode.names.size());
    for (String name : inode.names.keySet()) {
      entries.add(directory.resolve(name));
    }
    return entries;
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    before("list", directory);
    Inode inode = disk.require("list", directory);
    if (!inode.isDirectory()) {
      throw new FileCallFailed("list", directory, Errno.ENOTDIR);
    }
    return List.copyOf(inode.names.keySet());
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    before("syncDirectory", directory);
    disk.syncDirectory(directory);
  }

  @Override
  public void allocate(Path file, long bytes) throws IOException {
    before("allocate", file);
    disk.allocate(file, bytes);
  }

  @Override
  public void cloneFile(Path from, Path to) throws IOException {
    before("cloneFile", to);
    throw new FileCallFailed("cloneFile", to, Errno.EOPNOTSUPP);
  }

  @Override
  public boolean mayHaveWriter(Path file) throws IOException {
    before("mayHaveWriter", file);
    return disk.require("mayHaveWriter", file).writers > 0;
  }

  @Override
  public int user() {
    return USER;
  }

  @Override
  public int threadsToLook() {
    return 1;
  }

  @Override
  public int freshNumber() {
    return (int) chance.bits();
  }

  @Override
  public Space space(Path path) throws IOException {
    before("space", path);
    return new Space(disk.capacityBytes(), disk.freeBytes());
  }

  @Override
  public String fileSystemType(Path path) {
    return "ext4";
  }

  private final class Open implements OpenFile {
    private final Path path;
    private final Inode inode;
    private final boolean writes;
    private boolean closed;

    Open(Path path, Inode inode, boolean writes) {
      this.path = path;
      this.inode = inode;
      this.writes = writes;
      if (writes) {
        inode.writers++;
      }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      before("write", path);
      byte[] copy = copy(bytes);
      disk.write(path, inode, copy, 0, copy.length, position);
    }

    private static byte[] copy(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      before("read", path);
      int length = (int) Math.max(0, Math.min(into.remaining(), inode.size - position));
      int known = (int) Math.max(0, Math.min(length, inode.bytes.length - position));
      if (known > 0) {
        into.put(inode.bytes, (int) position, known);
      }
      if (length > known) {
        zeros(into, length - known);
      }
      return length;
    }

    private static void zeros(ByteBuffer into, int count) {
      if (into.hasArray()) {
        int from = into.arrayOffset() + into.position();
        Arrays.fill(into.array(), from, from + count, (byte) 0);
        into.position(into.position() + count);
      } else {
        into.put(new byte[count]);
      }
    }

    @Override
    public long size() throws IOException {
      before("size", path);
      return inode.size;
    }

    @Override
    public void sync() throws IOException {
      before("sync", path);
      inode.sync();
    }

    @Override
    public void close() {
      if (writes && !closed) {
        inode.writers = Math.max(0, inode.writers - 1);
      }
      closed = true;
    }
  }
}
