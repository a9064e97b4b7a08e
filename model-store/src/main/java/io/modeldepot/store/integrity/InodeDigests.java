package io.modeldepot.store.integrity;

import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Digests by inode: content that has several names is read once. Safe for threads. */
final class InodeDigests {
  private final FileCalls calls;
  private final Map<Key, FileDigests> known = new ConcurrentHashMap<>();

  InodeDigests(FileCalls calls) {
    this.calls = calls;
  }

  /** An inode as it was when it was read; a later change of length or time is another key. */
  private record Key(FileStat.Identity inode, long sizeBytes, Instant modifiedAt) {}

  FileDigests of(Path file) throws IOException {
    return of(file, bytes -> {});
  }

  /**
   * The digests of a file.
   *
   * @param read told how many bytes were read, piece by piece; not at all if they were known
   */
  FileDigests of(Path file, LongConsumer read) throws IOException {
    Optional<FileStat> stat = calls.stat(file);
    if (stat.isEmpty()) {
      return Digests.of(calls, file, read);
    }
    Key key = new Key(stat.get().identity(), stat.get().sizeBytes(), stat.get().modifiedAt());
    FileDigests digests = known.get(key);
    if (digests == null) {
      digests = Digests.of(calls, file, read);
      known.put(key, digests);
    }
    return digests;
  }
}
