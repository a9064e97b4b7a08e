package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** The state of a download job. */
@EnumNaming(KebabCase.class)
public enum DownloadState {
  REQUESTED,
  WAITING,
  RESOLVING,
  CHECKING,
  TRANSFERRING,
  PUBLISHING,
  ANNOUNCING,
  JOINED,
  PLANNED,
  DONE,
  FAILED,
  CANCELLED,
  EXPIRED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
