package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.Manifest;
import java.time.Duration;
import java.util.List;

/**
 * What a verification found.
 *
 * @param manifest of the version
 * @param findings sorted by path; empty means that every present file is what it should be
 * @param filesRead how many files were read
 * @param bytesRead how many bytes were read; an inode that several versions share is read once
 * @param took wall time
 */
public record VersionReport(
    Manifest manifest, List<Finding> findings, int filesRead, long bytesRead, Duration took) {

  /** Keeps its own copy of the list. */
  public VersionReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found. */
  public boolean clean() {
    return findings.isEmpty();
  }

  /** Whether the version may no longer be served as it is. */
  public boolean damaged() {
    return findings.stream().anyMatch(Finding::isDamage);
  }
}
