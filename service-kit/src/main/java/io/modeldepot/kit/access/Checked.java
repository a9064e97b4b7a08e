package io.modeldepot.kit.access;

/** What a gate makes of a caller. */
public sealed interface Checked {
  /** Somebody. */
  record Known(Identity identity) implements Checked {}

  /**
   * Nobody.
   *
   * @param why a sentence without any secret
   */
  record Refused(String why) implements Checked {}
}
