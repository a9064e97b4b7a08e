package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whether terms must be accepted before files may be read: {@code false}, "auto" or "manual". */
public enum Gated {
  OPEN(false),
  /** Everyone who accepts the terms gets in. */
  AUTO("auto"),
  /** The owner lets people in one by one. */
  MANUAL("manual");

  private final Object wire;

  Gated(Object wire) {
    this.wire = wire;
  }

  /** {@code false}, {@code "auto"} or {@code "manual"}. */
  @JsonValue
  public Object wire() {
    return wire;
  }

  /** Whether there is a gate. */
  public boolean closed() {
    return this != OPEN;
  }

  /**
   * Reads the field. A kind of gate we do not know is a gate: it is read as {@link #MANUAL}, never
   * as open.
   */
  @JsonCreator
  public static Gated of(Object wire) {
    return switch (String.valueOf(wire)) {
      case "false", "null" -> OPEN;
      case "auto" -> AUTO;
      default -> MANUAL;
    };
  }
}
