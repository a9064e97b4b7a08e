package io.modeldepot.janitor.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when which schedule of backups is seen, beyond the life of a process: {@code
 * .depot/janitor/backups/schedule.json}.
 */
public final class ScheduleSeen {
  private static final String SCHEDULE = "schedule";

  private final Notes notes;

  /** On a volume. */
  public ScheduleSeen(ModelStore store) {
    this.notes = store.notes("backups");
  }

  /**
   * A note.
   *
   * @param schedule what it says
   * @param since when it was seen first
   */
  record Seen(
      @JsonProperty(required = true) String schedule,
      @JsonProperty(required = true) Instant since) {}

  /** Since when this schedule is seen; another one than before is seen from now on. */
  public Instant since(String schedule, Instant now) throws IOException {
    Optional<byte[]> json = notes.read(SCHEDULE);
    try {
      if (json.isPresent()) {
        Seen seen = Wire.read(json.get(), Seen.class);
        if (seen.schedule().equals(schedule)) {
          return seen.since();
        }
      }
    } catch (UnreadablePayload e) {
      // It is written anew.
    }
    notes.write(SCHEDULE, Wire.write(new Seen(schedule, now)));
    return now;
  }
}
