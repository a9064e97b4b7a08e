package io.modeldepot.janitor.scrub;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.notes.Notes;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Reads blobs again that no version's tree is the same file as; the others are read as files of
 * their versions. One that is damaged is nobody's last copy: it leaves the cache for the
 * quarantine, or the next version would be made of it.
 */
final class BlobReading {
  private static final String SEEN = "blobs";
  private static final Duration BETWEEN_NOTES = Duration.ofSeconds(5);

  private final ModelStore store;
  private final Notes notes;

  /**
   * {@code .depot/janitor/checks-of-blobs/blobs.json}.
   *
   * @param format 1
   * @param checkedAt when each was read last
   */
  record Seen(@JsonProperty(required = true) int format, Map<String, Instant> checkedAt) {
    Seen {
      checkedAt = Components.map(checkedAt);
    }
  }

  BlobReading(ModelStore store) {
    this.store = store;
    this.notes = store.notes("checks-of-blobs");
  }

  /** When the one was read last that waits longest; empty if there is none. */
  Optional<Instant> oldest() throws IOException {
    Map<String, Instant> seen = seen();
    return loose().stream().map(blob -> last(blob, seen)).min(Comparator.naturalOrder());
  }

  /**
   * Reads every one that was not read since a time, the one read longest ago first.
   *
   * @param pace hears of bytes that were read; may throw to stop, and what was read stays read
   * @return the damaged ones, which are in the quarantine now
   */
  List<Sha256> read(Instant due, Instant now, LongConsumer pace) throws IOException {
    Map<String, Instant> before = seen();
    List<Survey.Blob> loose = loose();
    Map<String, Instant> seen = new TreeMap<>();
    loose.forEach(
        blob -> {
          Instant last = before.get(blob.digest().value());
          if (last != null) {
            seen.put(blob.digest().value(), last);
          }
        });
    List<Survey.Blob> queue =
        loose.stream()
            .filter(blob -> last(blob, seen).isBefore(due))
            .sorted(Comparator.comparing(blob -> last(blob, seen)))
            .toList();
    List<Sha256> damaged = new ArrayList<>();
    long notedAt = System.nanoTime();
    try {
      for (Survey.Blob blob : queue) {
        if (isWhole(blob, pace)) {
          seen.put(blob.digest().value(), now);
        } else {
          damaged.add(blob.digest());
          seen.remove(blob.digest().value());
        }
        if (System.nanoTime() - notedAt > BETWEEN_NOTES.toNanos()) {
          notes.write(SEEN, Wire.write(new Seen(1, seen)));
          notedAt = System.nanoTime();
        }
      }
    } finally {
      if (!seen.equals(before)) {
        notes.write(SEEN, Wire.write(new Seen(1, seen)));
      }
    }
    return damaged;
  }

  private boolean isWhole(Survey.Blob blob, LongConsumer pace) throws IOException {
    String actual;
    try {
      actual =
          Digests.of(store.volume().calls(), store.layout().blob(blob.digest()), pace)
              .sha256()
              .value();
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return true;
      }
      if (e.errno() != Errno.EIO) {
        throw e;
      }
      actual = "unreadable";
    }
    if (actual.equals(blob.digest().value())) {
      return true;
    }
    var unused =
        store
            .quarantine()
            .putBlob(
                blob.digest(),
                Map.of(
                    "why",
                    "a blob whose bytes are not what its name says",
                    "expected",
                    blob.digest().value(),
                    "actual",
                    actual));
    return false;
  }

  /** One that was never read was verified when it came. */
  private static Instant last(Survey.Blob blob, Map<String, Instant> seen) {
    Instant last = seen.get(blob.digest().value());
    return last == null ? blob.stat().modifiedAt() : last;
  }

  /** Small files are copies in the trees; a large one may have a link from the trash alone. */
  private List<Survey.Blob> loose() throws IOException {
    Set<Sha256> listed = new HashSet<>();
    store
        .surveyor()
        .versions()
        .forEach(version -> version.files().forEach(file -> listed.add(file.digest())));
    return store.surveyor().blobs().stream()
        .filter(
            blob ->
                blob.stat().links() == 1
                    || blob.stat().sizeBytes() < Layout.SMALL_BYTES
                    || !listed.contains(blob.digest()))
        .toList();
  }

  private Map<String, Instant> seen() throws IOException {
    Optional<byte[]> json = notes.read(SEEN);
    try {
      return json.isEmpty() ? Map.of() : Wire.read(json.get(), Seen.class).checkedAt();
    } catch (UnreadablePayload e) {
      // Then they are read again.
      return Map.of();
    }
  }
}
