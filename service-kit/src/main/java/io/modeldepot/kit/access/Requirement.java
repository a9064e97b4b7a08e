package io.modeldepot.kit.access;

/** Of whom a door asks a token. */
public enum Requirement {
  /** Of everybody who does not call from this machine itself, without a proxy in between. */
  REMOTE,
  /** Of everybody. */
  ALWAYS,
  /** Of nobody: whoever reaches the door may do everything. */
  NEVER
}
