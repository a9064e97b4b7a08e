package io.modeldepot.cli.output;

import java.io.IOException;

/**
 * A stream of this process takes no more. No Failure, because those are told to the person and let
 * the other names of a list go on; here nobody hears either.
 */
public final class CannotWrite extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotWrite(IOException why) {
    super(why.getMessage(), why);
  }

  /** Whether the reader went away on purpose. */
  public boolean readerGone() {
    return getCause() instanceof BrokenPipe;
  }
}
