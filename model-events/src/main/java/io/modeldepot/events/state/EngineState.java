package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** How far a model is at one inference server. */
@EnumNaming(KebabCase.class)
public enum EngineState {
  /** Its files are in the repository; no server is configured that could be told. */
  PUBLISHED,
  /** The server is loading it. */
  LOADING,
  /** The server serves what was decided. */
  READY,
  /** The server goes on serving it though it shall not. */
  UNLOADING,
  /** It does not serve it; the detail says why, and it is tried again. */
  FAILED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
