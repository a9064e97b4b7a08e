package io.modeldepot.provenance.policy;

/** What to do about something. */
public enum Rule {
  /** Nothing, and say nothing. */
  ALLOW,
  /** Go on, and say so. */
  WARN,
  /** Do not publish. */
  REFUSE
}
