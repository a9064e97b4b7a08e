package io.modeldepot.store.chunk;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The lists that are kept, {@code cache/chunks}, by the digest of their file. Only files that are
 * kept once have one, so a list goes with its blob. Safe for threads and processes.
 */
public final class ChunkLists {
  private static final int MODE = 0444;
  private static final int BUFFER_BYTES = 128 << 10;

  private final Volume volume;
  private final FileCalls calls;

  /** The lists of a volume. */
  public ChunkLists(Volume volume) {
    this.volume = volume;
    this.calls = volume.calls();
  }

  /** Whether a file of this length has a list on this volume, sooner or later. */
  public boolean isListed(long sizeBytes) {
    return sizeBytes >= Layout.SMALL_BYTES && volume.capabilities().hardLinks();
  }

  /** Whether the list of a file is here. */
  public boolean has(Sha256 sha256) throws IOException {
    return calls.stat(volume.layout().chunkList(sha256)).isPresent();
  }

  /** The list of a file, if it is here; one that is damaged is not here. */
  public Optional<ChunkList> find(Sha256 sha256, long sizeBytes) throws IOException {
    try {
      ChunkList list = ChunkList.of(SafeFile.read(calls, volume.layout().chunkList(sha256)));
      return Optional.of(list)
          .filter(it -> it.sha256().equals(sha256) && it.sizeBytes() == sizeBytes);
    } catch (MalformedChunkList e) {
      return Optional.empty();
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Keeps a list, replacing what was there. Keeping twice is keeping once. */
  public void keep(ChunkList list) throws IOException {
    if (!isListed(list.sizeBytes())) {
      return;
    }
    Path file = volume.layout().chunkList(list.sha256());
    Path directory = Objects.requireNonNull(file.getParent());
    Path cache = volume.layout().cache();
    DirectoryTree.makeBelow(calls, cache, cache.relativize(directory));
    Path temporary = directory.resolve(Layout.HIDDEN + FreshName.eightHex(calls));
    SafeFile.replace(calls, temporary, file, list.bytes(), MODE);
  }

  /**
   * Makes the list of a file that has none, and keeps it; reads the whole file.
   *
   * @param file whose bytes the caller knows to be these
   * @param progress told how many bytes were read, piece by piece; may throw to stop
   */
  public ChunkList make(Path file, Sha256 sha256, LongConsumer progress) throws IOException {
    try (OpenFile open = calls.openForReading(file)) {
      Chunker chunker = new Chunker(open.size());
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      long at = 0;
      int read = open.read(buffer, at);
      while (read > 0) {
        chunker.update(buffer.array(), 0, read);
        at += read;
        progress.accept(read);
        read = open.read(buffer.clear(), at);
      }
      ChunkList list = chunker.finish(sha256);
      keep(list);
      return list;
    }
  }
}
