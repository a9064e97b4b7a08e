package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.Locale;
import java.util.Optional;

/**
 * The code of a problem. What each one means, its HTTP status, its exit code and its remedies are
 * in one file, {@code problems.json}, read by {@link ProblemText}; a test holds both to one list.
 */
@EnumNaming(KebabCase.class)
public enum ProblemCode {
  UNKNOWN_MODEL,
  UNKNOWN_VERSION,
  REPOSITORY_NOT_FOUND,
  REVISION_NOT_FOUND,
  GATED,
  UNAUTHORIZED,
  FORBIDDEN,
  TOKEN_REQUIRED,
  NOT_PERMITTED,
  DISABLED,
  LICENCE_REFUSED,
  SCAN_REFUSED,
  SIGNATURE_REFUSED,
  NO_SPACE,
  CHECKSUM_MISMATCH,
  HUB_UNREACHABLE,
  HUB_INCONSISTENT,
  RATE_LIMITED,
  BAD_NAME,
  TOO_LARGE,
  VOLUME_ERROR,
  CANCELLED,
  EXPIRED,
  INVALID,
  BAD_REQUEST,
  NOT_FOUND,
  METHOD_NOT_ALLOWED,
  NOT_ACCEPTABLE,
  UNSUPPORTED_MEDIA_TYPE,
  REQUEST_TOO_LARGE,
  DUPLICATE_ID,
  ALREADY_FINAL,
  FAMILY_FIXED,
  NAME_CLASH,
  IN_USE,
  NOT_PRESENT,
  STALE_PLAN,
  PRECONDITION_FAILED,
  PRECONDITION_REQUIRED,
  DEPOT_UNREACHABLE,
  DATABASE_UNAVAILABLE,
  BROKER_UNAVAILABLE,
  PLACEMENT_UNAVAILABLE,
  NO_HUB_TOKEN,
  WRONG_MODE,
  ALTERED,
  UNKNOWN_BACKUP,
  NO_BACKUP_TARGET,
  BACKUP_TARGET_UNREACHABLE,
  BACKUP_TARGET_FULL,
  BACKUP_LOCKED,
  WRONG_BACKUP_KEY,
  BACKUP_DAMAGED,
  REGISTRY_NOT_EMPTY,
  INTERNAL,
  /** A code that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN;

  /** The code as it is written everywhere, for example {@code no-space}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The code that is written so, if there is one. */
  public static Optional<ProblemCode> of(String code) {
    for (ProblemCode candidate : values()) {
      if (candidate.code().equals(code)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
