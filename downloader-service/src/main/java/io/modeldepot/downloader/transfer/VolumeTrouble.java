package io.modeldepot.downloader.transfer;

import java.io.IOException;

/** A failure on our side of the wire. */
final class VolumeTrouble extends Exception {
  private static final long serialVersionUID = 1;
  private final IOException cause;

  VolumeTrouble(IOException cause) {
    super(cause);
    this.cause = cause;
  }

  IOException cause() {
    return cause;
  }
}
