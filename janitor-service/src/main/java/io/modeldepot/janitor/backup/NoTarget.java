package io.modeldepot.janitor.backup;

import java.io.IOException;
import java.util.List;

/** No target of this name is configured. */
public final class NoTarget extends IOException {
  private static final long serialVersionUID = 1L;

  NoTarget(String name, List<String> names) {
    super(
        names.isEmpty()
            ? "No place for backups is configured: set BACKUP_DIR."
            : "No target " + name + " is configured; there are: " + String.join(", ", names) + ".");
  }
}
