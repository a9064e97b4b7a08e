package io.modeldepot.store.chunk;

/** Where the pieces of a file end. Sees all bytes in order; one thread at a time. */
interface Cuts {
  /**
   * Looks at the bytes that follow.
   *
   * @return how many of them the running piece gets; fewer than {@code length}, or just as many and
   *     {@link #isAtCut}, if it ends there
   */
  int take(byte[] bytes, int offset, int length);

  /** Whether the running piece ends after what was taken last. */
  boolean isAtCut();
}
