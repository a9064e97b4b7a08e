package io.modeldepot.janitor.scrub;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
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
 * Reads archived versions again. What an archive has is perhaps the last copy of its version, so it
 * is read as often as everything else. What was found whole is noted, also of a reading that is
 * stopped: the next one goes on at the content where it was.
 */
final class ArchiveReading {
  private static final String SEEN = "archives";

  private final ModelStore store;
  private final Notes notes;

  /**
   * {@code .depot/janitor/checks-of-archives/archives.json}.
   *
   * @param format 1
   * @param archives by {@code <model>/<commit>}
   */
  record Seen(@JsonProperty(required = true) int format, Map<String, Check> archives) {
    Seen {
      archives = Components.map(archives);
    }
  }

  /**
   * What is noted of one.
   *
   * @param checkedAt when every byte was read
   * @param damaged whether that found damage
   * @param good contents that the reading under way found whole; empty between readings
   */
  record Check(
      @JsonProperty(required = true) Instant checkedAt,
      boolean damaged,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sha256> good) {
    Check {
      Components.required(checkedAt, "checkedAt");
      good = Components.list(good);
    }
  }

  /**
   * An archived version.
   *
   * @param model its model
   * @param commit its commit
   * @param readAt when it was read last; one that was never read again was read when it was packed
   * @param damaged whether its last reading found damage
   * @param bytes what its contents are unpacked; 0 where that cannot be read
   */
  record Archived(ModelName model, CommitId commit, Instant readAt, boolean damaged, long bytes) {}

  ArchiveReading(ModelStore store) {
    this.store = store;
    this.notes = store.notes("checks-of-archives");
  }

  /** Every archived version, whether it can be read or not. */
  List<Archived> all() throws IOException {
    Map<String, Check> seen = seen();
    List<Archived> all = new ArrayList<>();
    for (ModelName model : store.archive().shelf().models()) {
      for (CommitId commit : store.archive().shelf().commits(model)) {
        Check last = seen.get(name(model, commit));
        Optional<ArchivedVersion> entry = store.archive().shelf().find(model, commit);
        // One of which nothing can be read says no time: it waits longest.
        Instant packedAt = entry.map(ArchivedVersion::archivedAt).orElse(Instant.EPOCH);
        all.add(
            new Archived(
                model,
                commit,
                last == null ? packedAt : last.checkedAt(),
                last != null && last.damaged(),
                entry.map(ArchivedVersion::rawBytes).orElse(0L)));
      }
    }
    return all;
  }

  /**
   * Reads one, or what a reading that was stopped left of it, and notes that it was read.
   *
   * @param pace hears of bytes that were read; may throw to stop
   * @return what is damaged
   */
  List<ArchiveCheck.Damaged> read(Archived one, Instant now, LongConsumer pace) throws IOException {
    Check last = seen().get(name(one.model(), one.commit()));
    return read(one, last == null ? List.of() : last.good(), now, pace);
  }

  /** The same; everything of it is read. */
  List<ArchiveCheck.Damaged> readAll(Archived one, Instant now, LongConsumer pace)
      throws IOException {
    return read(one, List.of(), now, pace);
  }

  private List<ArchiveCheck.Damaged> read(
      Archived one, List<Sha256> before, Instant now, LongConsumer pace) throws IOException {
    Set<Sha256> good = new HashSet<>(before);
    boolean complete = false;
    try {
      List<ArchiveCheck.Damaged> damaged =
          store.archiveCheck().read(one.model(), one.commit(), good, pace);
      complete = true;
      note(one, new Check(now, !damaged.isEmpty(), List.of()));
      return damaged;
    } finally {
      if (!complete) {
        note(
            one,
            new Check(
                one.readAt(),
                one.damaged(),
                good.stream().sorted(Comparator.comparing(Sha256::value)).toList()));
      }
    }
  }

  /** Notes one, and forgets those that are not there any more. */
  private void note(Archived one, Check check) throws IOException {
    Map<String, Check> seen = new TreeMap<>(seen());
    Set<String> there = new HashSet<>();
    for (Archived archived : all()) {
      there.add(name(archived.model(), archived.commit()));
    }
    seen.put(name(one.model(), one.commit()), check);
    seen.keySet().retainAll(there);
    notes.write(SEEN, Wire.write(new Seen(1, seen)));
  }

  private Map<String, Check> seen() throws IOException {
    Optional<byte[]> json = notes.read(SEEN);
    try {
      return json.isEmpty() ? Map.of() : Wire.read(json.get(), Seen.class).archives();
    } catch (UnreadablePayload e) {
      // Then they are read again.
      return Map.of();
    }
  }

  private static String name(ModelName model, CommitId commit) {
    return model + "/" + commit;
  }
}
