package io.modeldepot.provenance.scan;

/** What a file is, from harmless to worst. */
public enum Verdict {
  /** A reader of pickles finds nothing to carry out in it. */
  DATA,
  /** A pickle, and all that it imports is on the list. */
  ALLOWED,
  /** Damaged, contradicting itself or not to be looked into: not allowed. */
  MALFORMED,
  /** It would run something that is not on the list: not allowed. */
  SUSPICIOUS;

  /** Whether loading the file runs nothing but what a checkpoint needs. */
  public boolean allowed() {
    return this == DATA || this == ALLOWED;
  }
}
