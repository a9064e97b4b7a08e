package io.modeldepot.store.volume;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.terms.LocationName;
import java.time.Instant;
import java.util.UUID;

/**
 * {@code .depot/volume.json}.
 *
 * @param format 1
 * @param volumeId made once by setup; a volume with another id is another volume
 * @param location the location the volume belongs to
 * @param createdAt when setup made it
 * @param capabilities what its file system can do, as probed by setup
 */
public record VolumeDescription(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) UUID volumeId,
    @JsonProperty(required = true) LocationName location,
    @JsonProperty(required = true) Instant createdAt,
    @JsonProperty(required = true) Capabilities capabilities) {

  /** The format this code reads and writes. */
  public static final int FORMAT = 1;
}
