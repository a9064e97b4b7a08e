package io.modeldepot.backup.restore;

import java.io.IOException;

/** There is not enough room where something is to be restored to; nothing was written. */
public final class NoRoom extends IOException {
  private static final long serialVersionUID = 1L;

  private final long neededBytes;
  private final long freeBytes;

  /** Says how much is missing. */
  public NoRoom(long neededBytes, long freeBytes) {
    super(neededBytes + " bytes are needed, " + freeBytes + " are free.");
    this.neededBytes = neededBytes;
    this.freeBytes = freeBytes;
  }

  /** What must be written. */
  public long neededBytes() {
    return neededBytes;
  }

  /** What is free. */
  public long freeBytes() {
    return freeBytes;
  }
}
