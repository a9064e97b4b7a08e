package io.modeldepot.downloader.hub;

/** Who sends the bytes of a file. */
public enum Sender {
  /** The origin: the last of the configured endpoints. */
  HUB,
  /** A configured endpoint before the origin. */
  MIRROR,
  /** The mirror of another location of this site. */
  PEER
}
