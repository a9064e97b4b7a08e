package io.modeldepot.backup.unbundle;

import java.io.IOException;
import java.util.List;

/**
 * A version would run code when it is loaded, and this site refuses that; nothing was published.
 */
public final class RefusedByPolicy extends IOException {
  private static final long serialVersionUID = 1L;

  private final List<String> findings;

  RefusedByPolicy(String version, List<String> findings) {
    super(version + " would run code when it is loaded, and this site refuses that.");
    this.findings = List.copyOf(findings);
  }

  /** What was found, in sentences. */
  public List<String> findings() {
    return findings;
  }
}
