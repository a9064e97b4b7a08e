package io.modeldepot.store.volume.call;

import io.modeldepot.store.volume.call.FileCalls.Found;
import io.modeldepot.store.volume.call.Native.Result;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code statx} says, which has the same fields on every architecture. */
final class Statx {
  private static final int BYTES = 256;
  private static final int LONGEST_NAME = 4096;

  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFDIR = 0040000;
  private static final int S_IFLNK = 0120000;

  private Statx() {}

  /** Of one path. */
  static Optional<FileStat> of(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(BYTES, 8);
      return fields(path, Native.statx(arena, path, into), into);
    }
  }

  /**
   * Of names in one directory. The kernel finds each in a directory that is open already, and the
   * memory of the call is the same for all: for a million names this takes half the time.
   *
   * @param descriptor the open directory
   * @param paths of the names in it; one that is gone is left out
   */
  static List<Found> of(int descriptor, List<Path> paths) throws IOException {
    List<Found> found = new ArrayList<>(paths.size());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.state(arena);
      MemorySegment name = arena.allocate(LONGEST_NAME);
      MemorySegment into = arena.allocate(BYTES, 8);
      for (Path path : paths) {
        Result result = Native.statx(state, descriptor, Native.name(name, path), into);
        Optional<FileStat> stat = fields(path, result, into);
        if (stat.isPresent()) {
          found.add(new Found(path, stat.get()));
        }
      }
    }
    return found;
  }

  private static Optional<FileStat> fields(Path path, Result result, MemorySegment statx)
      throws FileCallFailed {
    if (!result.failed()) {
      return Optional.of(fields(statx));
    }
    if (result.errno() == Errno.ENOENT || result.errno() == Errno.ENOTDIR) {
      return Optional.empty();
    }
    throw new FileCallFailed("stat", path, result.errno());
  }

  private static FileStat fields(MemorySegment statx) {
    int type = statx.get(ValueLayout.JAVA_SHORT, 28) & 0xffff;
    long major = statx.get(ValueLayout.JAVA_INT, 136) & 0xffffffffL;
    long minor = statx.get(ValueLayout.JAVA_INT, 140) & 0xffffffffL;
    FileStat.Kind kind =
        switch (type & S_IFMT) {
          case S_IFREG -> FileStat.Kind.FILE;
          case S_IFDIR -> FileStat.Kind.DIRECTORY;
          case S_IFLNK -> FileStat.Kind.LINK;
          default -> FileStat.Kind.OTHER;
        };
    return new FileStat(
        kind,
        major << 32 | minor,
        statx.get(ValueLayout.JAVA_LONG, 32),
        statx.get(ValueLayout.JAVA_INT, 16) & 0xffffffffL,
        statx.get(ValueLayout.JAVA_LONG, 40),
        statx.get(ValueLayout.JAVA_LONG, 48) * 512,
        type & 07777,
        statx.get(ValueLayout.JAVA_INT, 20),
        Instant.ofEpochSecond(
            statx.get(ValueLayout.JAVA_LONG, 112), statx.get(ValueLayout.JAVA_INT, 120)));
  }
}
