package io.modeldepot.store.publish;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.store.manifest.Current;
import java.util.Optional;

/**
 * What a change of a model's versions led to; all of it is durable.
 *
 * @param outcome what was done
 * @param current the model's {@code current.json} now
 * @param former which version was current before
 * @param manifest the current version's manifest; empty after a withdrawal
 */
public record Publication(
    Outcome outcome, Current current, Optional<CommitId> former, Optional<Manifest> manifest) {

  /** What a publish can do. */
  public enum Outcome {
    /** A version that was not there. */
    NEW,
    /** A version that was there has more files, or files back that it had lost. */
    EXTENDED,
    /** Another version that was there is current now; nothing was copied but small files. */
    SWITCHED,
    /** The model has no current version any more. */
    WITHDRAWN,
    /** Everything was so already; the generation is the old one. */
    UNCHANGED
  }
}
