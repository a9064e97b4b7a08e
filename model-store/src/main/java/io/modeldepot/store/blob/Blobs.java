package io.modeldepot.store.blob;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The cache of verified content, {@code cache/blobs}. Safe for threads and processes. */
public final class Blobs {
  /** Content of the store: everybody reads, nobody writes. */
  public static final int CONTENT_MODE = 0444;

  private final Layout layout;
  private final FileCalls calls;
  private final boolean hardLinks;

  /** The blobs of a volume. */
  public Blobs(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.hardLinks = volume.capabilities().hardLinks();
  }

  /** The blob of a digest, if it is here and has this length. */
  public Optional<Path> find(Sha256 digest, long sizeBytes) throws IOException {
    Path blob = layout.blob(digest);
    return calls
        .stat(blob)
        .filter(stat -> stat.isFile() && stat.sizeBytes() == sizeBytes)
        .map(stat -> blob);
  }

  /**
   * Keeps verified content: makes the file read-only, syncs it and gives it a second name by its
   * digest, so that every later version finds it. The file stays where it is until its work is
   * done. Keeping twice is keeping once. Content that is here already, from another download, is
   * read: if it is what its name says the part is not needed, else the part takes its place. Where
   * hard links do not count, only the file itself is made ready.
   *
   * @param part a complete file whose digest the caller has computed, nobody writing to it
   * @throws FileCallFailed ENOENT if the part is gone, with its claim
   */
  public void keep(Path part, Sha256 digest, long sizeBytes) throws IOException {
    seal(part, sizeBytes);
    if (!hardLinks) {
      return;
    }
    Path blob = layout.blob(digest);
    Optional<FileStat> before = calls.stat(blob);
    if (before.isPresent()) {
      if (!before.get().sameFileAs(stat(part)) && !isWhole(blob, digest)) {
        replace(part, blob);
      }
      return;
    }
    DirectoryTree.makeBelow(calls, layout.cache(), layout.cache().relativize(parent(blob)));
    link(part, blob);
  }

  private boolean isWhole(Path blob, Sha256 digest) throws IOException {
    try {
      return Digests.of(calls, blob).sha256().equals(digest);
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.EIO || e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  private void seal(Path part, long sizeBytes) throws IOException {
    FileStat stat = stat(part);
    if (!stat.isFile() || stat.sizeBytes() != sizeBytes) {
      throw new IOException(
          part + " is not a file of " + sizeBytes + " bytes but of " + stat.sizeBytes());
    }
    if (stat.mode() != CONTENT_MODE) {
      calls.chmod(part, CONTENT_MODE);
    }
    try (OpenFile open = calls.openForReading(part)) {
      open.sync();
    }
    FileStat sealed = stat(part);
    if (!sealed.sameFileAs(stat)
        || sealed.sizeBytes() != sizeBytes
        || !sealed.modifiedAt().equals(stat.modifiedAt())) {
      throw new IOException(part + " changed while it was made ready");
    }
  }

  private void link(Path part, Path blob) throws IOException {
    try {
      calls.link(part, blob);
    } catch (FileCallFailed e) {
      // Somebody was faster with the same content, or the inode has all its names: both are fine.
      if (e.errno() != Errno.EEXIST && e.errno() != Errno.EMLINK) {
        throw e;
      }
    }
  }

  private void replace(Path part, Path blob) throws IOException {
    Path beside = blob.resolveSibling(Layout.HIDDEN + FreshName.eightHex(calls));
    link(part, beside);
    if (calls.stat(beside).isPresent()) {
      calls.rename(beside, blob);
    }
  }

  private FileStat stat(Path file) throws IOException {
    return calls.stat(file).orElseThrow(() -> new FileCallFailed("stat", file, Errno.ENOENT));
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }
}
