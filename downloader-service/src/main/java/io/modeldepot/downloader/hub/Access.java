package io.modeldepot.downloader.hub;

/** What the gate says before a byte is asked for. */
public enum Access {
  /** We may. */
  GRANTED,
  /**
   * The endpoint does not answer this question, as mirrors often do not; the first file will tell.
   */
  UNKNOWN
}
