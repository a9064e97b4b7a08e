package io.modeldepot.janitor.cleanup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.janitor.site.SiteUnknown;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the topics are those that were read before: {@code .depot/janitor/broker/seen.json}. A
 * broker that was rebuilt has topics that can be read to their end and say nothing, because not
 * everybody has announced again what it needs. For an hour nothing is removed then.
 */
final class BrokerWatch {
  private static final Duration TO_ANNOUNCE = Duration.ofHours(1);
  private static final String SEEN = "seen";

  private BrokerWatch() {}

  /**
   * The note.
   *
   * @param format 1
   * @param topics what names them
   * @param since when they were new, by the volume's clock; empty if they are those of the first
   *     broker that this volume ever saw
   */
  record Note(@JsonProperty(required = true) int format, String topics, Optional<Instant> since) {
    Note {
      Components.required(topics, "topics");
      since = Components.optional(since);
    }
  }

  /**
   * Returns if what the topics say is all that there is to know.
   *
   * @param topics what names this broker and its topics, and nobody else's
   * @throws SiteUnknown if they are too new
   */
  static void requireKnown(ModelStore store, String topics, Instant volumesNow) throws IOException {
    Notes notes = store.notes("broker");
    Optional<Note> known = read(notes);
    if (known.isEmpty() || !known.get().topics().equals(topics)) {
      Note now = new Note(1, topics, known.map(it -> volumesNow));
      notes.write(SEEN, Wire.write(now));
      known = Optional.of(now);
    }
    Optional<Instant> until = known.get().since().map(it -> it.plus(TO_ANNOUNCE));
    if (until.filter(volumesNow::isBefore).isPresent()) {
      throw new SiteUnknown(
          ("The broker or its topics are new: not everybody has said again what it needs. Nothing"
                  + " is removed until %s.")
              .formatted(Wire.time(until.get())));
    }
  }

  private static Optional<Note> read(Notes notes) throws IOException {
    Optional<byte[]> json = notes.read(SEEN);
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(Wire.read(json.get(), Note.class));
    } catch (UnreadablePayload e) {
      return Optional.of(new Note(1, "unreadable", Optional.empty()));
    }
  }
}
