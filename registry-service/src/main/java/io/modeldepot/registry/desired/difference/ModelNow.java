package io.modeldepot.registry.desired.difference;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import java.util.Optional;
import java.util.Set;

/**
 * A model as it is.
 *
 * @param entry its entry; empty for an orphan
 * @param family as the entry or the versions have it
 * @param state as REST shows it
 * @param current the version that is served
 * @param versions how many there are, in the archive too
 * @param contextTokens the longest context of the model, where that is known
 * @param fetching revisions that are being downloaded; an empty text where a request named none
 * @param moving whether it is on its way into the archive or out of it
 */
public record ModelNow(
    Optional<ModelDescribed> entry,
    FamilyName family,
    String state,
    Optional<CommitId> current,
    long versions,
    Optional<Integer> contextTokens,
    Set<String> fetching,
    boolean moving) {

  public ModelNow {
    fetching = Set.copyOf(fetching);
  }

  /** Whether what is there of it is in the archive. */
  public boolean archived() {
    return state.equals("archived");
  }

  /**
   * Whether a version of it can be read; one that is damaged is there, and the janitor's to repair.
   */
  public boolean readable() {
    return state.equals("active") || state.equals("present") || state.equals("damaged");
  }

  /** Whether nothing is there of it, and nothing is on its way. */
  public boolean absent() {
    return versions == 0 && fetching.isEmpty();
  }
}
