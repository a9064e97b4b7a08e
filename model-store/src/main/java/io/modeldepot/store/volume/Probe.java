package io.modeldepot.store.volume;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds out what a file system does by doing it, in a directory of its own that it removes. */
public final class Probe {
  /** Kinds of file systems that other machines change too, or that lose a delayed call's answer. */
  private static final Set<String> NETWORK =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb2",
          "smb3",
          "smbfs",
          "ceph",
          "lustre",
          "gpfs",
          "beegfs",
          "glusterfs",
          "9p",
          "afs",
          "ocfs2",
          "gfs2",
          "orangefs",
          "virtiofs");

  private final FileCalls calls;

  /** A probe that uses these calls. */
  public Probe(FileCalls calls) {
    this.calls = calls;
  }

  /**
   * Probes the file system of a directory that may be written to.
   *
   * @throws FileCallFailed if not even a file can be made in it
   */
  public Capabilities probe(Path directory) throws IOException {
    Path here = directory.resolve(".probe-" + FreshName.eightHex(calls));
    calls.mkdir(here, DirectoryTree.DIRECTORY_MODE);
    try {
      Path file = here.resolve("file");
      SafeFile.write(calls, file, "probe\n".getBytes(StandardCharsets.UTF_8), 0644);
      return new Capabilities(
          hardLinks(file),
          exchange(here),
          works(() -> calls.cloneFile(file, here.resolve("clone"))),
          works(() -> calls.allocate(file, 1 << 20)),
          network(calls.fileSystemType(directory)));
    } finally {
      DirectoryTree.remove(calls, here);
    }
  }

  /** Links count only if the count rises: it is the reference count of a blob. */
  private boolean hardLinks(Path file) throws IOException {
    Path second = file.resolveSibling("second");
    if (!works(() -> calls.link(file, second))) {
      return false;
    }
    Optional<FileStat> one = calls.stat(file);
    Optional<FileStat> other = calls.stat(second);
    return one.isPresent()
        && other.isPresent()
        && one.get().links() == 2
        && one.get().sameFileAs(other.get());
  }

  private boolean exchange(Path here) throws IOException {
    Path one = here.resolve("one");
    Path other = here.resolve("other");
    calls.mkdir(one, DirectoryTree.DIRECTORY_MODE);
    calls.mkdir(other, DirectoryTree.DIRECTORY_MODE);
    return works(() -> calls.exchange(one, other));
  }

  private static boolean network(String type) {
    String kind = type.toLowerCase(Locale.ROOT);
    // A file system in user space may be anything; the longer wait of a network one does no harm.
    return NETWORK.contains(kind) || kind.startsWith("fuse");
  }

  private static boolean works(Call call) throws IOException {
    try {
      call.run();
      return true;
    } catch (FileCallFailed e) {
      if (e.errno().unsupported()
          || e.errno() == Errno.EPERM
          || e.errno() == Errno.EXDEV
          || e.errno() == Errno.EMLINK
          || e.errno() == Errno.EACCES) {
        return false;
      }
      throw e;
    }
  }

  /** One call that may be refused. */
  private interface Call {
    void run() throws IOException;
  }
}
