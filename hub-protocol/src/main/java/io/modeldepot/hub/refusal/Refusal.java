package io.modeldepot.hub.refusal;

import java.util.Optional;

/**
 * What an answer of 400 or more means. Decided in the order in which the Hub's Python client
 * decides: code, then the sentence of a disabled repository, then the status.
 */
public enum Refusal {
  REPOSITORY_NOT_FOUND(false),
  REVISION_NOT_FOUND(false),
  ENTRY_NOT_FOUND(false),
  /** The repository exists; its owner wants terms accepted first. */
  GATED(false),
  /** The hub took the repository down. */
  DISABLED(false),
  /** The token itself is not good. */
  BAD_TOKEN(false),
  /** Nobody is known, or what was asked for is hidden from this caller. */
  UNAUTHORIZED(false),
  FORBIDDEN(false),
  /** Asked for bytes past the end: the file is not the one we know. */
  RANGE_NOT_SATISFIABLE(false),
  RATE_LIMITED(true),
  /** 408 or any 5xx. */
  UNAVAILABLE(true),
  /** Some other 4xx. */
  REFUSED(false);

  /** {@code X-Error-Message} of a repository that was taken down. */
  public static final String DISABLED_MESSAGE = "Access to this resource is disabled.";

  /** {@code X-Error-Message} when the token is not one of the hub's. */
  public static final String BAD_TOKEN_MESSAGE = "Invalid credentials in Authorization header";

  private final boolean worthRetrying;

  Refusal(boolean worthRetrying) {
    this.worthRetrying = worthRetrying;
  }

  /** Whether the same request may succeed later with nothing changed on our side. */
  public boolean worthRetrying() {
    return worthRetrying;
  }

  /**
   * @param status HTTP status, 400 or more
   * @param errorCode {@code X-Error-Code}, empty without one
   * @param errorMessage {@code X-Error-Message}, empty without one
   * @throws IllegalArgumentException if the status is no refusal
   */
  public static Refusal of(int status, String errorCode, String errorMessage) {
    if (status < 400) {
      throw new IllegalArgumentException("A status of " + status + " refuses nothing.");
    }
    Optional<ErrorCode> code = ErrorCode.of(errorCode);
    if (code.isPresent()) {
      return of(code.get());
    }
    String message = errorMessage.strip();
    if (message.equals(DISABLED_MESSAGE)) {
      return DISABLED;
    }
    return switch (status) {
      case 401 -> message.startsWith(BAD_TOKEN_MESSAGE) ? BAD_TOKEN : UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> ENTRY_NOT_FOUND;
      case 408 -> UNAVAILABLE;
      case 416 -> RANGE_NOT_SATISFIABLE;
      case 429 -> RATE_LIMITED;
      default -> status >= 500 ? UNAVAILABLE : REFUSED;
    };
  }

  private static Refusal of(ErrorCode code) {
    return switch (code) {
      case REPO_NOT_FOUND -> REPOSITORY_NOT_FOUND;
      case REVISION_NOT_FOUND -> REVISION_NOT_FOUND;
      case ENTRY_NOT_FOUND -> ENTRY_NOT_FOUND;
      case GATED_REPO -> GATED;
    };
  }
}
