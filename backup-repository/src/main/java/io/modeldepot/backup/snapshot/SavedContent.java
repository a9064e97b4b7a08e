package io.modeldepot.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.events.terms.Components;
import java.util.List;

/**
 * A content in a snapshot.
 *
 * @param sizeBytes its length
 * @param blocks its blocks in order; all but the last have 16 MiB
 */
public record SavedContent(
    @JsonProperty(required = true) long sizeBytes,
    @JsonProperty(required = true) List<BlockId> blocks) {
  /** Refuses what is no content; keeps its own copy. */
  public SavedContent {
    Components.notNegative(sizeBytes, "sizeBytes");
    Components.required(blocks, "blocks");
    blocks = List.copyOf(blocks);
  }
}
