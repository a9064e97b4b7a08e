package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import java.util.Optional;

/**
 * Bytes of one kind.
 *
 * @param kind kind
 * @param family family
 * @param bytes bytes
 */
public record Usage(
    UsageKind kind, Optional<FamilyName> family, @JsonProperty(required = true) long bytes) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Usage {
    Components.required(kind, "kind");
    family = Components.optional(family);
  }
}
