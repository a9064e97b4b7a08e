package io.modeldepot.provenance.container;

/**
 * One file inside another.
 *
 * @param name as the container states it
 * @param bytes as they lie in the container
 * @param packing how they are packed
 */
public record Part(String name, Bytes bytes, Packing packing) {
  /** How a part is packed. */
  public enum Packing {
    /** Not at all. */
    STORED,
    /** Deflate, without a header. */
    DEFLATED,
    /** A way that cannot be looked into here. */
    OPAQUE
  }
}
