package io.modeldepot.events.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file whose bytes are not what the manifest says.
 *
 * @param location location
 * @param model model
 * @param commit commit
 * @param path path
 * @param kind kind
 * @param badBlocks badBlocks
 * @param foundBy foundBy
 * @param repair repair
 * @param at at
 * @param servedTo who needs the version now, in words: GPUs it is placed on, leases, readers
 * @param quarantine where the file was put, relative to the volume, because it cannot be repaired
 *     and nobody needs it now
 */
public record ModelCorrupted(
    LocationName location,
    ModelName model,
    CommitId commit,
    String path,
    CorruptionKind kind,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> badBlocks,
    FoundBy foundBy,
    RepairState repair,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> servedTo,
    Optional<String> quarantine) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelCorrupted {
    Components.required(location, "location");
    Components.required(model, "model");
    Components.required(commit, "commit");
    Components.required(path, "path");
    Components.required(kind, "kind");
    badBlocks = Components.list(badBlocks);
    Components.required(foundBy, "foundBy");
    Components.required(repair, "repair");
    Components.required(at, "at");
    servedTo = Components.list(servedTo);
    quarantine = Components.optional(quarantine);
  }
}
