package io.modeldepot.mirror.serve;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.mirror.shelf.Edition;

/** For how long, and by whom, an answer may be kept. */
public enum Freshness {
  /** An address that names a commit: the bytes under it never change. */
  FOR_EVER("public, max-age=31536000, immutable"),
  /** An address that names a branch: may be kept, and is asked after each time. */
  ASK_AGAIN("no-cache"),
  /** Behind a gate: no cache that several people share may have it. */
  OWN("private, no-cache"),
  /** A refusal: what is not here may come. */
  NEVER("no-store");

  /** The header that says it. */
  public static final String HEADER = "Cache-Control";

  private final String header;

  Freshness(String header) {
    this.header = header;
  }

  /** The value of the header. */
  public String header() {
    return header;
  }

  /** Of a file of this version that was asked for under this revision. */
  public static Freshness of(Edition edition, String revision) {
    if (edition.gated().isPresent()) {
      return OWN;
    }
    return CommitId.isOne(revision) ? FOR_EVER : ASK_AGAIN;
  }
}
