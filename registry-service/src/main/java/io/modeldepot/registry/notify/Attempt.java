package io.modeldepot.registry.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of one attempt to tell a receiver.
 *
 * @param at when it was begun
 * @param status of HTTP; empty where nothing was answered
 * @param millis how long it took
 * @param said the answer's first words, or why there is none; one short line, nothing of the
 *     address
 * @param after how long the receiver wants to be left alone
 */
public record Attempt(
    Instant at, Optional<Integer> status, long millis, String said, Optional<Duration> after) {
  private static final int GONE = 410;

  /** Whether the receiver took it. */
  public boolean isTaken() {
    return status.filter(code -> code >= 200 && code < 300).isPresent();
  }

  /** Whether the receiver wants nothing any more. */
  public boolean isGone() {
    return status.filter(code -> code == GONE).isPresent();
  }

  /** In a few words: the status, and what was said. */
  public String words() {
    return status
        .map(code -> said.isEmpty() ? "HTTP " + code : "HTTP " + code + ": " + said)
        .orElse(said);
  }
}
