package io.modeldepot.placement.intake;

/** Whether a plan goes into force by itself. */
public enum ApplyPolicy {
  /** It does. */
  AUTOMATIC,
  /** It is proposed, and waits for a command that names it. */
  APPROVE
}
