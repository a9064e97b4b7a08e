package io.modeldepot.store.blob;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings content to a name in a tree: large files as hard links, because content is kept once;
 * small ones as copies with their digest checked, because people edit them in place and a link
 * would carry the edit into every version. Where hard links do not count, large files are clones,
 * else copies.
 */
public final class Placing {
  private static final int BUFFER_BYTES = 128 << 10;

  private final FileCalls calls;
  private final boolean hardLinks;
  private final boolean reflink;

  /** Placing on a volume. */
  public Placing(Volume volume) {
    this.calls = volume.calls();
    this.hardLinks = volume.capabilities().hardLinks();
    this.reflink = volume.capabilities().reflink();
  }

  /** How content came to a name. */
  public enum Way {
    LINKED,
    CLONED,
    COPIED
  }

  /**
   * Places content under a name that is free and whose directory exists. The name is not durable
   * before its directory is synced; the bytes are.
   *
   * @param parts verified files by digest, kept already, so that a blob of theirs is whole
   * @param contents where else to look
   * @return how; empty if the content is nowhere, and then the name is still free
   */
  public Optional<Way> place(
      Sha256 digest, long sizeBytes, Path name, Map<Sha256, Path> parts, Contents contents)
      throws IOException {
    List<Path> sources = new ArrayList<>();
    contents.blob(digest, sizeBytes).ifPresent(sources::add);
    Path part = parts.get(digest);
    if (part != null && calls.stat(part).filter(s -> s.sizeBytes() == sizeBytes).isPresent()) {
      sources.add(part);
    }
    sources.addAll(contents.inTrees(digest, sizeBytes));
    for (Path source : sources) {
      Optional<Way> way = placeFrom(source, digest, sizeBytes, name);
      if (way.isPresent()) {
        return way;
      }
    }
    return Optional.empty();
  }

  /**
   * Places the content of one file; empty if it disappeared, or, where it is copied, if it is not
   * what its digest says.
   */
  public Optional<Way> placeFrom(Path source, Sha256 digest, long sizeBytes, Path name)
      throws IOException {
    try {
      if (sizeBytes >= Layout.SMALL_BYTES) {
        if (hardLinks) {
          if (linked(source, name)) {
            return Optional.of(Way.LINKED);
          }
        } else if (reflink && cloned(source, name)) {
          return Optional.of(Way.CLONED);
        }
      }
      return copied(source, digest, sizeBytes, name) ? Optional.of(Way.COPIED) : Optional.empty();
    } catch (FileCallFailed e) {
      // Blobs may be cleared away at any time; the next source has the same content.
      if (e.errno() == Errno.ENOENT && calls.stat(source).isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean linked(Path source, Path name) throws IOException {
    try {
      calls.link(source, name);
      return true;
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.EMLINK) {
        return false;
      }
      throw e;
    }
  }

  private boolean cloned(Path source, Path name) throws IOException {
    try {
      calls.cloneFile(source, name);
    } catch (FileCallFailed e) {
      if (e.errno().unsupported() || e.errno() == Errno.EXDEV) {
        return false;
      }
      throw e;
    }
    calls.chmod(name, Blobs.CONTENT_MODE);
    try (OpenFile open = calls.openForReading(name)) {
      open.sync();
    }
    return true;
  }

  private boolean copied(Path source, Sha256 digest, long sizeBytes, Path name) throws IOException {
    Optional<FileStat> stat = calls.stat(source);
    if (stat.isEmpty() || stat.get().sizeBytes() != sizeBytes) {
      return false;
    }
    FileDigests copy = copy(calls, source, name, sizeBytes);
    if (!copy.sha256().equals(digest)) {
      calls.unlink(name);
      return false;
    }
    return true;
  }

  /**
   * Copies a file to a new name, read-only and synced, and digests what was written. The new file
   * is removed if the source gets shorter or longer meanwhile.
   */
  public static FileDigests copy(FileCalls calls, Path source, Path name, long sizeBytes)
      throws IOException {
    return copy(calls, source, name, Digester.sha256(sizeBytes), sizeBytes);
  }

  private static FileDigests copy(
      FileCalls calls, Path source, Path name, Digester digester, long sizeBytes)
      throws IOException {
    boolean whole = false;
    try (OpenFile in = calls.openForReading(source);
        OpenFile out = calls.create(name, Blobs.CONTENT_MODE)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (digester.done() < sizeBytes) {
        buffer.clear();
        int read = in.read(buffer, digester.done());
        if (read == 0 || digester.done() + read > sizeBytes) {
          throw new IOException(source + " changed its length while it was copied");
        }
        long at = digester.done();
        digester.update(buffer.array(), 0, read);
        buffer.flip();
        out.write(buffer, at);
      }
      if (in.size() != sizeBytes) {
        throw new IOException(source + " changed its length while it was copied");
      }
      out.sync();
      whole = true;
      return digester.finish();
    } finally {
      if (!whole && calls.stat(name).isPresent()) {
        calls.unlink(name);
      }
    }
  }
}
