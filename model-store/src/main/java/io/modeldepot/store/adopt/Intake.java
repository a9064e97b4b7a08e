package io.modeldepot.store.adopt;

import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.blob.Placing;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Brings files into the claim while reading each once: a large one that lies on the volume by a
 * link, one on a file system that shares blocks by a clone, any other by a copy.
 */
final class Intake {
  private final Volume volume;
  private final FileCalls calls;
  private final Path parts;
  private int taken;

  Intake(Volume volume, Path parts) {
    this.volume = volume;
    this.calls = volume.calls();
    this.parts = parts;
  }

  /**
   * A file inside the claim.
   *
   * @param part where it is
   * @param digests of the bytes that are there
   */
  record Taken(Path part, FileDigests digests) {}

  Taken take(Path file) throws IOException {
    Path part = parts.resolve(String.format(Locale.ROOT, "%05d", taken++));
    FileStat stat =
        calls.stat(file).orElseThrow(() -> new FileCallFailed("stat", file, Errno.ENOENT));
    if (stat.sizeBytes() >= Layout.SMALL_BYTES && (linked(file, part) || cloned(file, part))) {
      calls.chmod(part, Blobs.CONTENT_MODE);
      return new Taken(part, Digests.of(calls, part));
    }
    return new Taken(part, Placing.copy(calls, file, part, stat.sizeBytes()));
  }

  /** A link shares the inode, so nobody else may be writing to it. */
  private boolean linked(Path file, Path part) throws IOException {
    if (!volume.capabilities().hardLinks()
        || !file.startsWith(volume.root())
        || calls.mayHaveWriter(file)) {
      return false;
    }
    try {
      calls.link(file, part);
      return true;
    } catch (FileCallFailed e) {
      return switch (e.errno()) {
        case EXDEV, EMLINK, EPERM -> false;
        default -> throw e;
      };
    }
  }

  private boolean cloned(Path file, Path part) throws IOException {
    if (!volume.capabilities().reflink()) {
      return false;
    }
    try {
      calls.cloneFile(file, part);
      return true;
    } catch (FileCallFailed e) {
      if (e.errno().unsupported() || e.errno() == Errno.EXDEV) {
        return false;
      }
      throw e;
    }
  }
}
