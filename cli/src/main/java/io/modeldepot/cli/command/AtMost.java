package io.modeldepot.cli.command;

import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;

/** The number behind {@code -n}. */
public final class AtMost {
  private AtMost() {}

  /**
   * @throws Failure when nothing could be shown
   */
  public static void oneOrMore(int limit) {
    if (limit < 1) {
      throw Failure.usage("-n " + limit + " would show nothing").tryThis(Try.words("-n 1 or more"));
    }
  }
}
