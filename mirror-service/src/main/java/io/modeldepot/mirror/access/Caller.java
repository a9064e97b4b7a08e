package io.modeldepot.mirror.access;

/** What a request's token makes of its sender. */
public enum Caller {
  /** No token. */
  ANONYMOUS,
  /**
   * A token that is not one of ours: of another hub, perhaps. Reads what anonymous callers read.
   */
  UNKNOWN,
  /** One of ours. */
  KNOWN
}
