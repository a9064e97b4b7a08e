package io.modeldepot.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Manifest;

/**
 * A version in a snapshot.
 *
 * @param current whether it was the model's current one
 * @param generation what {@code current.json} of the model said; 0 if it said nothing
 * @param manifest the version's manifest, whole
 */
public record SavedVersion(
    @JsonProperty(required = true) boolean current,
    @JsonProperty(required = true) long generation,
    @JsonProperty(required = true) Manifest manifest) {}
