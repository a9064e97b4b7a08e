package io.modeldepot.store.volume.call;

import io.modeldepot.store.volume.call.Native.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of the Linux kernel. Names are changed through the C library, because an errno decides
 * what the store does next and the JDK keeps only its words; content goes through {@link
 * FileChannel}, which lets other virtual threads run while a disk syncs.
 */
public final class LinuxCalls implements FileCalls {
  private static final int RENAME_NOREPLACE = 1;
  private static final int RENAME_EXCHANGE = 2;
  private static final int O_RDONLY = 0;
  private static final int O_WRONLY = 1;
  private static final int O_CREAT_EXCL = 0100 | 0200;
  private static final int O_CLOEXEC = 02000000;

  /** The numbers here that differ between processors. */
  private static final boolean ARM = System.getProperty("os.arch", "").startsWith("aarch64");

  private static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;
  private static final int O_DIRECTORY = ARM ? 0040000 : 0200000;

  private static final int F_SETSIG = 10;
  private static final int SIGURG = 23;
  private static final int F_SETLEASE = 1024;
  private static final int F_RDLCK = 0;
  private static final int F_UNLCK = 2;
  private static final long FICLONE = 0x40049409L;

  @Override
  public OpenFile create(Path file, int mode) throws IOException {
    OpenFile open =
        open(
            "create",
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    try {
      chmod(file, mode);
      return open;
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    return open(
        "open",
        file,
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    return open("open", file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    check("link", name, Native.link(existing, name));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    check("rename", from, Native.rename(from, to));
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    Result result = Native.renameat2(from, to, RENAME_NOREPLACE);
    if (!result.failed()) {
      return;
    }
    if (!result.errno().unsupported()) {
      throw new FileCallFailed("rename", to, result.errno());
    }
    if (stat(to).isPresent()) {
      throw new FileCallFailed("rename", to, Errno.EEXIST);
    }
    rename(from, to);
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    check("exchange", other, Native.renameat2(one, other, RENAME_EXCHANGE));
  }

  @Override
  public void symlink(Path name, String target) throws IOException {
    check("symlink", name, Native.symlink(target, name));
  }

  @Override
  public String readLink(Path name) throws IOException {
    try {
      return Files.readSymbolicLink(name).toString();
    } catch (IOException e) {
      throw Refusals.of("readlink", name, e);
    }
  }

  @Override
  public void unlink(Path name) throws IOException {
    check("unlink", name, Native.unlink(name));
  }

  @Override
  public void mkdir(Path directory, int mode) throws IOException {
    check("mkdir", directory, Native.mkdir(directory, mode));
    // The mask of the process must not decide who may read the volume.
    chmod(directory, mode);
  }

  @Override
  public void rmdir(Path directory) throws IOException {
    check("rmdir", directory, Native.rmdir(directory));
  }

  @Override
  public void chmod(Path path, int mode) throws IOException {
    check("chmod", path, Native.chmod(path, mode));
  }

  @Override
  public Optional<FileStat> stat(Path path) throws IOException {
    return Statx.of(path);
  }

  @Override
  public List<Path> entries(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      return sorted(directory, stream);
    } catch (IOException e) {
      throw Refusals.of("list", directory, e);
    }
  }

  @Override
  public List<Found> look(Path directory) throws IOException {
    List<Path> paths = entries(directory);
    if (paths.isEmpty()) {
      return List.of();
    }
    Result open = Native.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    check("list", directory, open);
    try {
      return Statx.of(open.value(), paths);
    } finally {
      Native.close(open.value());
    }
  }

  /** The iterator of a directory reports a refusal in an exception that nobody has to expect. */
  static List<Path> sorted(Path directory, DirectoryStream<Path> stream) throws IOException {
    List<Path> entries = new ArrayList<>();
    try {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw Refusals.of(
          "list", directory, e.getCause() instanceof IOException why ? why : new IOException(e));
    }
    entries.sort(Comparator.naturalOrder());
    return entries;
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (OpenFile open = open("sync", directory, Set.of(StandardOpenOption.READ))) {
      open.sync();
    }
  }

  @Override
  public void allocate(Path file, long bytes) throws IOException {
    if (bytes == 0) {
      return;
    }
    int descriptor = descriptor("allocate", file, O_WRONLY, 0);
    try {
      check("allocate", file, Native.fallocate(descriptor, bytes));
    } finally {
      Native.close(descriptor);
    }
  }

  @Override
  public void cloneFile(Path from, Path to) throws IOException {
    int source = descriptor("clone", from, O_RDONLY, 0);
    try {
      int target = descriptor("clone", to, O_WRONLY | O_CREAT_EXCL, 0644);
      try {
        check("clone", to, Native.ioctl(target, FICLONE, source));
      } catch (IOException e) {
        unlink(to);
        throw e;
      } finally {
        Native.close(target);
      }
    } finally {
      Native.close(source);
    }
  }

  @Override
  public boolean mayHaveWriter(Path file) throws IOException {
    int descriptor = descriptor("lease", file, O_RDONLY, 0);
    try {
      boolean refused = !lease(descriptor);
      if (!refused) {
        Native.fcntl(descriptor, F_SETLEASE, F_UNLCK);
      }
      return refused;
    } finally {
      Native.close(descriptor);
    }
  }

  /**
   * Takes a read lease. Whoever opens the file for writing meanwhile waits until it is given back,
   * and the kernel tells us by a signal: by SIGIO, which ends a process, unless it is told to use
   * another. SIGURG is ignored by default.
   */
  static boolean lease(int descriptor) {
    return !Native.fcntl(descriptor, F_SETSIG, SIGURG).failed()
        && !Native.fcntl(descriptor, F_SETLEASE, F_RDLCK).failed();
  }

  @Override
  public int user() {
    return Native.geteuid();
  }

  @Override
  public Space space(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    return new Space(store.getTotalSpace(), store.getUsableSpace());
  }

  @Override
  public String fileSystemType(Path path) throws IOException {
    return Files.getFileStore(path).type();
  }

  private static OpenFile open(String call, Path file, Set<? extends OpenOption> options)
      throws IOException {
    try {
      return new ChannelFile(file, FileChannel.open(file, options));
    } catch (IOException e) {
      throw Refusals.of(call, file, e);
    }
  }

  private static int descriptor(String call, Path file, int flags, int mode) throws IOException {
    Result result = Native.open(file, flags | O_CLOEXEC | O_NOFOLLOW, mode);
    check(call, file, result);
    return result.value();
  }

  private static void check(String call, Path path, Result result) throws FileCallFailed {
    if (result.failed()) {
      throw new FileCallFailed(call, path, result.errno());
    }
  }
}
