package io.modeldepot.backup.repository;

import java.io.IOException;

/** Somebody else writes to the repository. */
public final class Locked extends IOException {
  private static final long serialVersionUID = 1L;

  private final LockFile holder;

  /** Names the holder. */
  public Locked(LockFile holder, String place) {
    super(
        "The repository at "
            + place
            + " is held by "
            + holder.holder()
            + " ("
            + holder.purpose()
            + ", process "
            + holder.pid()
            + " on "
            + holder.host()
            + ", since "
            + holder.since()
            + ").");
    this.holder = holder;
  }

  /** Who holds it. */
  public LockFile holder() {
    return holder;
  }
}
