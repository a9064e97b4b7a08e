package io.modeldepot.backup.repository;

import java.io.IOException;

/** No snapshot is meant, or several are. */
public final class UnknownSnapshot extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what was asked for. */
  public UnknownSnapshot(String wanted, String place, int snapshots) {
    super(
        "No one backup at "
            + place
            + " is meant by \""
            + wanted
            + "\"; there are "
            + snapshots
            + ".");
  }
}
