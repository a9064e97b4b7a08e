package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import java.util.Optional;

/**
 * One thing that goes.
 *
 * @param kind what it is, and so how it goes
 * @param what as people see it
 * @param ref as it is found again: a digest, a request, the name of an entry, a path
 * @param model of a version
 * @param commit of a version
 * @param print changes when the thing does
 * @param reason why it goes, in words
 * @param why for facts
 * @param bytes that it takes and nothing else needs
 * @param withModel whether the whole model goes, so that it may be the current version
 */
public record Item(
    Kind kind,
    String what,
    String ref,
    Optional<ModelName> model,
    Optional<CommitId> commit,
    String print,
    String reason,
    RemovalReason why,
    long bytes,
    boolean withModel) {

  /** What can go, in the order in which it goes when space is short. */
  public enum Kind {
    /** Content of the cache: destroyed, it can be fetched again. */
    BLOB,
    /** What an ended download left: destroyed. */
    PARTIAL,
    /** What lay in the trash past its window: destroyed. */
    TRASH,
    /** A version: to the trash. */
    VERSION,
    /** What is none of ours: to the trash. */
    STRANGER;

    /** Whether it can be brought back. */
    public boolean undoable() {
      return this == VERSION || this == STRANGER;
    }
  }

  /** Refuses what is missing. */
  public Item {
    Components.required(kind, "kind");
    Components.required(what, "what");
    Components.required(ref, "ref");
    model = Components.optional(model);
    commit = Components.optional(commit);
    Components.required(print, "print");
    Components.required(reason, "reason");
    Components.required(why, "why");
    Components.notNegative(bytes, "bytes");
  }

  /** Two that are equal in this are the same thing, unchanged. */
  public String identity() {
    return kind + " " + ref + " " + print;
  }
}
