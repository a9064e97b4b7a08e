package io.modeldepot.backup.keep;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.SummedJson;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.volume.FreshName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The packs that nobody needed at a first look: {@code obsolete/<id>.json}. */
final class Obsolete {
  /** How long after the first look a second one may remove. */
  static final Duration WAIT = Duration.ofHours(24);

  static final String FOLDER = "obsolete";

  private final Storage storage;
  private final Map<String, Note> notes = new HashMap<>();

  private Obsolete(Storage storage) {
    this.storage = storage;
  }

  /** One of the files. */
  record Note(
      @JsonProperty(required = true) int format,
      @JsonProperty(required = true) Instant since,
      @JsonProperty(required = true) List<String> packs) {}

  static Obsolete read(Storage storage) throws IOException {
    Obsolete obsolete = new Obsolete(storage);
    for (Storage.Stored object : storage.list(FOLDER)) {
      try {
        obsolete.notes.put(
            object.name(), SummedJson.read(storage.get(object.name()), Note.class, object.name()));
      } catch (NoSuchObject e) {
        continue;
      } catch (DamagedObject e) {
        // As if it had never been there: what it named waits for another day.
        obsolete.notes.put(object.name(), new Note(1, Instant.EPOCH, List.of()));
      }
    }
    return obsolete;
  }

  Set<String> packs() {
    Set<String> all = new java.util.HashSet<>();
    notes.values().forEach(note -> all.addAll(note.packs()));
    return all;
  }

  /** Since when a pack is named; a time that is still to come counts as now. */
  Optional<Instant> since(String pack) {
    return notes.values().stream()
        .filter(note -> note.packs().contains(pack))
        .map(Note::since)
        .min(Instant::compareTo);
  }

  boolean mayGo(String pack, Instant now) {
    return since(pack).filter(since -> !since.plus(WAIT).isAfter(now)).isPresent();
  }

  /** Names packs that are not named yet. */
  void add(Collection<String> packs, Instant now) throws IOException {
    List<String> fresh = new ArrayList<>(packs);
    fresh.removeAll(packs());
    if (!fresh.isEmpty()) {
      String name = FOLDER + "/o-" + FreshName.eightHex() + ".json";
      Note note = new Note(1, now, fresh.stream().sorted().toList());
      storage.put(name, SummedJson.write(note));
      notes.put(name, note);
    }
  }

  /** Names no others than these any more: the rest is gone, or is needed again. */
  void retain(Collection<String> packs) throws IOException {
    for (Map.Entry<String, Note> entry : List.copyOf(notes.entrySet())) {
      List<String> left = entry.getValue().packs().stream().filter(packs::contains).toList();
      if (left.isEmpty()) {
        storage.delete(entry.getKey());
        notes.remove(entry.getKey());
      } else if (left.size() < entry.getValue().packs().size()) {
        Note note = new Note(1, entry.getValue().since(), left);
        storage.put(entry.getKey(), SummedJson.write(note));
        notes.put(entry.getKey(), note);
      }
    }
  }
}
