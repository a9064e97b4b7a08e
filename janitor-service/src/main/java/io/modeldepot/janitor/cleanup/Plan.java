package io.modeldepot.janitor.cleanup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a cleanup will do: {@code .depot/janitor/plans/<id>.json}.
 *
 * @param format 1
 * @param id under which it can be carried out
 * @param madeFor the job that made it
 * @param command what was asked
 * @param madeAt when, by the volume's clock
 * @param windowSeconds how long what goes to the trash can be brought back
 * @param trashWindowSeconds cuts the windows of what is in the trash already
 * @param items what goes, in this order
 * @param kept what stays, the largest
 * @param leftOut how many more things go another time, because a plan names so many at most
 */
public record Plan(
    @JsonProperty(required = true) int format,
    String id,
    RequestId madeFor,
    CleanupDue command,
    Instant madeAt,
    @JsonProperty(required = true) long windowSeconds,
    @JsonProperty(required = true) long trashWindowSeconds,
    List<Item> items,
    List<Kept> kept,
    int leftOut) {

  /** The format this code reads and writes. */
  public static final int FORMAT = 1;

  /** So long a plan that a dry run made can be carried out. */
  public static final Duration VALID = Duration.ofHours(24);

  /** A plan names so many things at most; what is left goes with the next one. */
  public static final int MOST_ITEMS = 100_000;

  /** Refuses what is missing, and another format. */
  public Plan {
    if (format != FORMAT) {
      throw new IllegalArgumentException("A plan of format " + format + ", not 1.");
    }
    Components.required(id, "id");
    Components.required(madeFor, "madeFor");
    Components.required(command, "command");
    Components.required(madeAt, "madeAt");
    items = Components.list(items);
    kept = Components.list(kept);
  }

  /** What the disk gets back at once. */
  @JsonIgnore
  public long freedAtOnceBytes() {
    return items.stream().filter(it -> !it.kind().undoable()).mapToLong(Item::bytes).sum();
  }

  /** What the disk gets back when the window is over. */
  @JsonIgnore
  public long freedLaterBytes() {
    return items.stream().filter(it -> it.kind().undoable()).mapToLong(Item::bytes).sum();
  }
}
