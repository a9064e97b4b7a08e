package io.modeldepot.store.inspect;

import io.modeldepot.events.terms.ModelProfile;
import java.util.List;

/**
 * What an inspection found out.
 *
 * @param profile what could be read; figures that would be wrong because a file is damaged or
 *     missing are absent
 * @param findings faults, in order of path; empty when all is well
 */
public record Inspection(ModelProfile profile, List<Finding> findings) {
  public Inspection {
    findings = List.copyOf(findings);
  }
}
