package io.modeldepot.backup.keep;

import java.util.List;

/**
 * What a check found.
 *
 * @param snapshots how many can be read
 * @param blocks how many they need
 * @param blocksRead how many of them were read and unpacked
 * @param bytesRead how many bytes those had
 * @param findings what is wrong, a sentence each; empty if nothing is
 * @param milliseconds how long it took
 */
public record CheckReport(
    int snapshots,
    int blocks,
    int blocksRead,
    long bytesRead,
    List<String> findings,
    long milliseconds) {
  /** Keeps its own copy. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean good() {
    return findings.isEmpty();
  }
}
