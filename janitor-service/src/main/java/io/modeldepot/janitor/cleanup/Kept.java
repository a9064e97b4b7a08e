package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.terms.Components;

/**
 * One thing that stays.
 *
 * @param what as people see it
 * @param reason why it stays, in words
 * @param bytes that it takes
 */
public record Kept(String what, String reason, long bytes) {

  /** Refuses what is missing. */
  public Kept {
    Components.required(what, "what");
    Components.required(reason, "reason");
    Components.notNegative(bytes, "bytes");
  }
}
