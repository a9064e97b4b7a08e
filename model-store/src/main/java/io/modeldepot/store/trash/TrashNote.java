package io.modeldepot.store.trash;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import java.util.Optional;

/**
 * {@code .depot/trash/<entry>/entry.json}: what an entry is. When it came is the file's own stamp,
 * by the volume's clock.
 *
 * @param format 1
 * @param kind what it is
 * @param model of a version
 * @param commit of a version
 * @param wasCurrent whether it was the model's current version
 * @param from where it was, relative to the volume
 * @param reason why it went, in words
 * @param bytes that it takes
 * @param windowSeconds how long it can be undone
 * @param requestId of the job that took it away
 */
public record TrashNote(
    @JsonProperty(required = true) int format,
    Kind kind,
    Optional<ModelName> model,
    Optional<CommitId> commit,
    boolean wasCurrent,
    String from,
    String reason,
    @JsonProperty(required = true) long bytes,
    @JsonProperty(required = true) long windowSeconds,
    RequestId requestId) {

  /** The format this code reads and writes. */
  public static final int FORMAT = 1;

  /** What an entry can be. */
  public enum Kind {
    /** A version: tree, manifest and signature. */
    VERSION,
    /** A file that is none of ours, or a tree that was never published. */
    FILE
  }

  /** Refuses what is missing, and another format. */
  public TrashNote {
    if (format != FORMAT) {
      throw new IllegalArgumentException("An entry of format " + format + ", not 1.");
    }
    Components.required(kind, "kind");
    model = Components.optional(model);
    commit = Components.optional(commit);
    Components.required(from, "from");
    Components.required(reason, "reason");
    Components.notNegative(bytes, "bytes");
    Components.notNegative(windowSeconds, "windowSeconds");
    Components.required(requestId, "requestId");
    if (kind == Kind.VERSION && (model.isEmpty() || commit.isEmpty())) {
      throw new IllegalArgumentException("A version has a model and a commit.");
    }
  }
}
