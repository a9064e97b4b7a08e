package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What an entry of a tree is. */
public enum EntryType {
  @JsonProperty("file")
  FILE,
  @JsonProperty("directory")
  DIRECTORY,
  /** Something this version does not know; never downloaded. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN
}
