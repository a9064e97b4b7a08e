package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import java.time.Instant;
import java.util.List;

/**
 * How full a location is.
 *
 * @param location location
 * @param volumeId volumeId
 * @param capacityBytes capacityBytes
 * @param freeBytes what a new job may take
 * @param reservedBytes reservedBytes
 * @param cacheBytes cacheBytes
 * @param trashBytes trashBytes
 * @param archiveBytes archiveBytes
 * @param usage an inode counts once
 * @param mirrorUrls mirrorUrls
 * @param capabilities capabilities
 * @param reportedAt reportedAt
 */
public record StorageReported(
    LocationName location,
    String volumeId,
    @JsonProperty(required = true) long capacityBytes,
    @JsonProperty(required = true) long freeBytes,
    @JsonProperty(required = true) long reservedBytes,
    @JsonProperty(required = true) long cacheBytes,
    @JsonProperty(required = true) long trashBytes,
    @JsonProperty(required = true) long archiveBytes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Usage> usage,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mirrorUrls,
    Capabilities capabilities,
    Instant reportedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public StorageReported {
    Components.required(location, "location");
    Components.required(volumeId, "volumeId");
    Components.notNegative(capacityBytes, "capacityBytes");
    Components.notNegative(freeBytes, "freeBytes");
    Components.notNegative(reservedBytes, "reservedBytes");
    Components.notNegative(cacheBytes, "cacheBytes");
    Components.notNegative(trashBytes, "trashBytes");
    Components.notNegative(archiveBytes, "archiveBytes");
    usage = Components.list(usage);
    mirrorUrls = Components.list(mirrorUrls);
    Components.required(capabilities, "capabilities");
    Components.required(reportedAt, "reportedAt");
  }
}
