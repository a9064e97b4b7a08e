package io.modeldepot.store.claim;

import java.time.Duration;

/** What an observer sees of a claim. */
public sealed interface Observation {
  /** There is no such claim: never made, or its work is over. */
  record Absent() implements Observation {}

  /** Nobody holds it. */
  record Free() implements Observation {}

  /**
   * Somebody holds it and may be alive.
   *
   * @param holder who
   * @param unchanged for how long this observer has seen the counter stand still
   */
  record Held(Holder holder, Duration unchanged) implements Observation {}

  /**
   * It is no claim of ours, or a damaged one: somebody's directory of that name, one without an
   * entry or with several, one that may not be read. Nobody can take it.
   *
   * @param detail what is there instead, in words
   */
  record Unclear(String detail) implements Observation {}

  /**
   * The counter stood still too long; whoever comes first may take over.
   *
   * @param holder who held it
   */
  record Abandoned(Holder holder) implements Observation {}
}
