package io.modeldepot.store.volume;

import java.io.IOException;
import java.nio.file.Path;

/** A directory is not the volume that was expected; nothing was done in it. */
public final class VolumeRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  VolumeRefused(Reason reason, Path root, String detail) {
    super(root + ": " + detail);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What is wrong with the directory. */
  public enum Reason {
    /** There is no such directory. */
    MISSING,
    /** No {@code .depot/volume.json}: never set up, or not mounted. */
    NOT_SET_UP,
    /** Another volume is mounted here than before. */
    OTHER_VOLUME,
    /** It belongs to another location. */
    OTHER_LOCATION,
    /** {@code volume.json} cannot be read, or is of a newer format. */
    UNREADABLE,
    /** It belongs to another user; hard links and leases would be refused. */
    OTHER_OWNER
  }
}
