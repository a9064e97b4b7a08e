package io.modeldepot.events.wire;

/** A payload that is not what its topic promises; says which dead-letter reason that is. */
public final class UnreadablePayload extends Exception {
  private static final long serialVersionUID = 1L;

  /** The dead-letter reason; {@link #header()} is the value of the header {@code depot_reason}. */
  public enum Reason {
    /** Not JSON, or not an object. */
    UNREADABLE("unreadable"),
    /** JSON, but a field is missing or has a wrong form. */
    INVALID("invalid"),
    /** A value of an enumeration that this reader does not know. */
    UNKNOWN_VALUE("unknown-value"),
    /** The id was used before with another payload. */
    DUPLICATE_ID("duplicate-id");

    private final String header;

    Reason(String header) {
      this.header = header;
    }

    /** The value as it is written in the header. */
    public String header() {
      return header;
    }
  }

  private final Reason reason;

  public UnreadablePayload(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** Why the payload is refused. */
  public Reason reason() {
    return reason;
  }

  /** The same as the message: which field, what is wrong with it. Never a stack trace. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
