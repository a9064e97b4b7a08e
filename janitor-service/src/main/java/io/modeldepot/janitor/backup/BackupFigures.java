package io.modeldepot.janitor.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of backups beyond the life of a process: {@code .depot/janitor/backups/last.json},
 * the figures of what last went well, and {@code schedule.json}, since when which schedule is seen.
 */
public final class BackupFigures {
  private static final String LAST = "last";
  private static final String SCHEDULE = "schedule";

  private final Notes notes;

  /** Those of a volume. */
  public BackupFigures(ModelStore store) {
    this.notes = store.notes("backups");
  }

  /**
   * A note.
   *
   * @param figures by the name of their metric
   */
  record Last(@JsonProperty(required = true) Map<String, Double> figures) {}

  /**
   * A note.
   *
   * @param schedule what it says
   * @param since when it was seen first
   */
  record Seen(
      @JsonProperty(required = true) String schedule,
      @JsonProperty(required = true) Instant since) {}

  Map<String, Double> read() throws IOException {
    Optional<byte[]> json = notes.read(LAST);
    try {
      return json.isEmpty() ? Map.of() : Wire.read(json.get(), Last.class).figures();
    } catch (UnreadablePayload e) {
      // Then they are known again after the next success.
      return Map.of();
    }
  }

  void write(Map<String, Double> figures) throws IOException {
    notes.write(LAST, Wire.write(new Last(new TreeMap<>(figures))));
  }

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
