package io.modeldepot.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One backup.
 *
 * @param format 1
 * @param id of the snapshot, for example {@code b-3f9c21aa}
 * @param time when the list of versions was fixed
 * @param location whose volume
 * @param volumeId which volume
 * @param scope how much of it
 * @param requestId the command that asked for it
 * @param versions the versions that can be restored from it, sorted by model and commit
 * @param contents every content of theirs once: length and blocks, by its SHA-256
 * @param registry what the registry knew
 * @param leftOut what could not be saved
 * @param totals how much there was
 */
public record Snapshot(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) Instant time,
    @JsonProperty(required = true) LocationName location,
    @JsonProperty(required = true) String volumeId,
    @JsonProperty(required = true) Scope scope,
    Optional<RequestId> requestId,
    @JsonProperty(required = true) List<SavedVersion> versions,
    @JsonProperty(required = true) Map<Sha256, SavedContent> contents,
    @JsonProperty(required = true) RegistryPart registry,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LeftOut> leftOut,
    @JsonProperty(required = true) Totals totals) {
  /** The format this code writes. */
  public static final int FORMAT = 1;

  /** Refuses what is missing; absent optional lists are empty ones. */
  public Snapshot {
    Components.required(id, "id");
    Components.required(time, "time");
    Components.required(location, "location");
    Components.required(volumeId, "volumeId");
    Components.required(scope, "scope");
    Components.required(versions, "versions");
    Components.required(contents, "contents");
    Components.required(registry, "registry");
    Components.required(totals, "totals");
    if (versions.contains(null) || contents.containsValue(null)) {
      throw new IllegalArgumentException("A version or a content is null.");
    }
    requestId = requestId == null ? Optional.empty() : requestId;
    leftOut = leftOut == null ? List.of() : leftOut;
  }

  /**
   * How much it took, in numbers.
   *
   * @param files of all versions
   * @param models how many
   * @param versions how many
   * @param rawBytes of all versions, a content counted once
   * @param addedBytes what the repository grew by
   * @param milliseconds how long it took
   */
  public record Totals(
      @JsonProperty(required = true) int files,
      @JsonProperty(required = true) int models,
      @JsonProperty(required = true) int versions,
      @JsonProperty(required = true) long rawBytes,
      @JsonProperty(required = true) long addedBytes,
      @JsonProperty(required = true) long milliseconds) {}
}
