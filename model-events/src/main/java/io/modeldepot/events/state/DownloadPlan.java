package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import java.util.List;
import java.util.Optional;

/**
 * What a download would do.
 *
 * @param files files
 * @param fetchBytes to transfer
 * @param reusedBytes already here
 * @param freeAfterBytes free space once it is done; negative would be refused, so never negative
 * @param gated {@code auto} or {@code manual}
 * @param licence licence
 * @param profile profile
 * @param reading what the small text files say
 */
public record DownloadPlan(
    List<PlannedFile> files,
    @JsonProperty(required = true) long fetchBytes,
    @JsonProperty(required = true) long reusedBytes,
    @JsonProperty(required = true) long freeAfterBytes,
    Optional<String> gated,
    Optional<String> licence,
    Optional<ModelProfile> profile,
    Optional<Reading> reading) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public DownloadPlan {
    files = Components.list(files);
    Components.notNegative(fetchBytes, "fetchBytes");
    Components.notNegative(reusedBytes, "reusedBytes");
    Components.notNegative(freeAfterBytes, "freeAfterBytes");
    gated = Components.optional(gated);
    licence = Components.optional(licence);
    profile = Components.optional(profile);
    reading = Components.optional(reading);
  }
}
