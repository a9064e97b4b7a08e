package io.modeldepot.store.chunk;

/** Bytes that should be a list of pieces and are none; the message says why. */
public final class MalformedChunkList extends Exception {
  private static final long serialVersionUID = 1;

  MalformedChunkList(String message) {
    super(message);
  }
}
