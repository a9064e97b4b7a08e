package io.modeldepot.simulation.disk;

import io.modeldepot.store.volume.call.FileStat;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * A file, directory or link. Of a file only the bytes up to the last that was written are kept; the
 * rest up to its length reads as zeros, so that a large file costs nothing.
 */
final class Inode {
  private static final byte[] NOTHING = new byte[0];

  final long number;
  final FileStat.Kind kind;
  final TreeMap<String, Inode> names;
  final String target;
  int mode;
  int links;
  byte[] bytes = NOTHING;
  long size;
  byte[] syncedBytes = NOTHING;
  long syncedSize;
  boolean dirty;
  int writers;
  Instant modifiedAt;

  Inode(long number, FileStat.Kind kind, int mode, String target, Instant now) {
    this.number = number;
    this.kind = kind;
    this.mode = mode;
    this.target = target;
    this.modifiedAt = now;
    this.names = new TreeMap<>();
  }

  boolean isDirectory() {
    return kind == FileStat.Kind.DIRECTORY;
  }

  boolean isFile() {
    return kind == FileStat.Kind.FILE;
  }

  void write(byte[] from, int offset, int length, long position) {
    int last = length;
    while (last > 0 && from[offset + last - 1] == 0) {
      last--;
    }
    int end = Math.toIntExact(position + last);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, end);
    }
    int overlap = (int) Math.max(0, Math.min(length, bytes.length - position));
    System.arraycopy(from, offset, bytes, (int) position, overlap);
    size = Math.max(size, position + length);
    dirty = true;
  }

  void sync() {
    syncedBytes = bytes.clone();
    syncedSize = size;
    dirty = false;
  }

  /** The power was cut: what was not synced is not there. */
  void lose() {
    bytes = syncedBytes.clone();
    size = syncedSize;
    dirty = false;
    writers = 0;
  }
}
