package io.modeldepot.hub.refusal;

import java.util.Arrays;
import java.util.Optional;

/**
 * Values of {@code X-Error-Code}, with the status that goes with each. Names are the Hub's own,
 * spelled as its clients compare them.
 */
public enum ErrorCode {
  REPO_NOT_FOUND("RepoNotFound", 404),
  REVISION_NOT_FOUND("RevisionNotFound", 404),
  ENTRY_NOT_FOUND("EntryNotFound", 404),
  GATED_REPO("GatedRepo", 403);

  private final String wire;
  private final int status;

  ErrorCode(String wire, int status) {
    this.wire = wire;
    this.status = status;
  }

  /** As it stands in the header. */
  public String wire() {
    return wire;
  }

  /** The usual status; a gated repository answers a caller without a token with 401. */
  public int status() {
    return status;
  }

  /** The code of this spelling; empty for none and for one we do not know. */
  public static Optional<ErrorCode> of(String wire) {
    return Arrays.stream(values()).filter(code -> code.wire.equals(wire.strip())).findFirst();
  }
}
