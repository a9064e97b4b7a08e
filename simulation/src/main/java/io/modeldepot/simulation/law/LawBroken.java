package io.modeldepot.simulation.law;

/** Something happened that must never happen. An error, so that no code of the product takes it. */
public final class LawBroken extends Error {
  private static final long serialVersionUID = 1L;

  /** Says what. */
  public LawBroken(String what) {
    super(what, null, false, false);
  }
}
