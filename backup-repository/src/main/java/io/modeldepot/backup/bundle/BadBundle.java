package io.modeldepot.backup.bundle;

import java.io.IOException;

/** A bundle or an inventory is refused; nothing of it was published. */
public final class BadBundle extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kind of refusal it is. */
  public enum Kind {
    /** Bytes are missing or wrong. */
    DAMAGED,
    /** Nobody who is trusted vouches for it. */
    UNTRUSTED,
    /** It is of a form that is not read here. */
    UNREADABLE,
    /** It builds on what is not here. */
    INCOMPLETE,
    /** There is none, or another one stands in its place. */
    ELSEWHERE
  }

  private final Kind kind;
  private final String remedy;

  /**
   * @param remedy what would help, in words
   */
  public BadBundle(Kind kind, String what, String remedy) {
    super(what);
    this.kind = kind;
    this.remedy = remedy;
  }

  /** What kind of refusal it is. */
  public Kind kind() {
    return kind;
  }

  /** What would help, in words. */
  public String remedy() {
    return remedy;
  }
}
