package io.modeldepot.provenance.pickle;

import java.util.List;
import java.util.Optional;

/**
 * What one pickle would do, up to its end or to where it breaks.
 *
 * @param findings in order of offset, each import once; empty when all it imports is on the list
 * @param imports how many imports it makes
 * @param calls how many calls it makes, counting changes to what it imported
 * @param end offset after the last byte read
 * @param broken a sentence, where a reader would stop with an error
 * @param tooLarge whether it breaks only here: another reader would go on
 */
public record PickleReport(
    List<PickleFinding> findings,
    long imports,
    long calls,
    long end,
    Optional<String> broken,
    boolean tooLarge) {
  public PickleReport {
    findings = List.copyOf(findings);
  }

  /** Whether it ends as a pickle ends. */
  public boolean complete() {
    return broken.isEmpty();
  }
}
