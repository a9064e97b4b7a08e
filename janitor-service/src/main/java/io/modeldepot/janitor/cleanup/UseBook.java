package io.modeldepot.janitor.cleanup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import io.modeldepot.store.survey.Survey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When somebody was last seen to need a model: {@code .depot/janitor/uses/seen.json}. A placement
 * that ends leaves no record of when it ended, nor does a lease that is given back, so whoever
 * counts the days since the last use must have looked while it lasted. A model that the book does
 * not know counts as used when it is first seen: without a memory nothing is unused.
 */
public final class UseBook {
  private static final String SEEN = "seen";

  private final ModelStore store;
  private final Notes notes;

  /**
   * The note.
   *
   * @param format 1
   * @param lastSeenInUse by the volume's clock
   */
  record Seen(@JsonProperty(required = true) int format, Map<String, Instant> lastSeenInUse) {
    Seen {
      lastSeenInUse = Components.map(lastSeenInUse);
    }
  }

  /** The book of a volume. */
  public UseBook(ModelStore store) {
    this.store = store;
    this.notes = store.notes("uses");
  }

  /**
   * Looks who needs what now, and remembers it.
   *
   * @param versions every version on the volume
   * @param now by the volume's clock
   * @return when each model there was last seen in use
   */
  public Map<ModelName, Instant> look(Site site, List<Survey.Version> versions, Instant now)
      throws IOException {
    Map<ModelName, List<Survey.Version>> byModel = new HashMap<>();
    versions.forEach(it -> byModel.computeIfAbsent(it.model(), model -> new ArrayList<>()).add(it));
    Instant earlier = site.now().isBefore(now) ? site.now() : now;
    Uses uses = Uses.of(site, References.now(store), earlier);
    Map<String, Instant> before = read();
    Map<String, Instant> after = new TreeMap<>();
    Map<ModelName, Instant> seen = new HashMap<>();
    byModel.forEach(
        (model, its) -> {
          Optional<Instant> known = Optional.ofNullable(before.get(model.value()));
          Instant last = uses.ofModel(model, its).isPresent() ? now : known.orElse(now);
          after.put(model.value(), last);
          seen.put(model, last);
        });
    if (!after.equals(before)) {
      notes.write(SEEN, Wire.write(new Seen(1, after)));
    }
    return seen;
  }

  private Map<String, Instant> read() throws IOException {
    Optional<byte[]> json = notes.read(SEEN);
    try {
      return json.isEmpty() ? Map.of() : Wire.read(json.get(), Seen.class).lastSeenInUse();
    } catch (UnreadablePayload e) {
      // Then everything was used just now, and its days begin again.
      return Map.of();
    }
  }
}
