package io.modeldepot.downloader.transfer;

import java.util.Objects;

/** The right of one connection to fetch some blocks of a file. */
final class Lease {
  /** How the blocks are asked for. */
  enum Kind {
    /** By range. */
    RANGE,
    /** By reading the file from its start, passing over what is there. */
    WHOLE
  }

  private final FileWork file;
  private final BlockMap.Run run;
  private final Kind kind;
  private volatile long unfinishedBytes;
  private volatile boolean revoked;

  Lease(FileWork file, BlockMap.Run run, Kind kind) {
    this.file = Objects.requireNonNull(file);
    this.run = run;
    this.kind = kind;
  }

  FileWork file() {
    return file;
  }

  BlockMap.Run run() {
    return run;
  }

  Kind kind() {
    return kind;
  }

  /** Bytes written of a block that is not finished; for progress. */
  long unfinishedBytes() {
    return unfinishedBytes;
  }

  void unfinishedBytes(long bytes) {
    unfinishedBytes = bytes;
  }

  boolean revoked() {
    return revoked;
  }

  void revoke() {
    revoked = true;
  }
}
