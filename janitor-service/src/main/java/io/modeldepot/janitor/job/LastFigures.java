package io.modeldepot.janitor.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of what last went well: {@code .depot/janitor/<drawer>/last.json}. */
public final class LastFigures {
  private static final String LAST = "last";

  private final Notes notes;

  /** Those of one kind of work on a volume. */
  public LastFigures(ModelStore store, String drawer) {
    this.notes = store.notes(drawer);
  }

  /**
   * A note.
   *
   * @param figures by the name of their metric
   */
  record Last(@JsonProperty(required = true) Map<String, Double> figures) {}

  /** What was noted; nothing if that cannot be read: then they are known after the next success. */
  public Map<String, Double> read() throws IOException {
    Optional<byte[]> json = notes.read(LAST);
    try {
      return json.isEmpty() ? Map.of() : Wire.read(json.get(), Last.class).figures();
    } catch (UnreadablePayload e) {
      return Map.of();
    }
  }

  /** Notes them instead of what was noted. */
  public void write(Map<String, Double> figures) throws IOException {
    notes.write(LAST, Wire.write(new Last(new TreeMap<>(figures))));
  }
}
