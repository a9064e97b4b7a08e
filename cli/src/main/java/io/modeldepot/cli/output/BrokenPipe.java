package io.modeldepot.cli.output;

import java.io.IOException;

/** Whoever read a stream of this process has gone away, as {@code head} does. */
public final class BrokenPipe extends IOException {
  private static final long serialVersionUID = 1L;

  public BrokenPipe(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
