package io.modeldepot.janitor.site;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What {@code model-verified} and {@code storage-reported} say of copies. Safe for threads. */
final class CopyBook {
  private final Map<ModelName, StateTable<Heard>> byModel = new ConcurrentHashMap<>();
  private final StateTable<StorageReported> storages = StateTable.byArrival();

  /** The little of an announcement that is kept: its lists of files would fill the memory. */
  private record Heard(
      LocationName location,
      CommitId commit,
      boolean whole,
      long generation,
      String currentCommit,
      Instant verifiedAt) {

    static Heard of(ModelVerified said) {
      return new Heard(
          said.location(),
          said.commit(),
          said.state() == VersionState.PRESENT,
          said.generation(),
          said.currentCommit(),
          said.verifiedAt());
    }
  }

  void verified(StateRecord<ModelVerified> what) {
    what.value()
        .ifPresentOrElse(
            said ->
                byModel
                    .computeIfAbsent(
                        said.model(), model -> StateTable.byGeneration(Heard::generation))
                    .heard(what.map(Heard::of)),
            () -> byModel.values().forEach(table -> table.heard(what.map(Heard::of))));
  }

  void reported(StateRecord<StorageReported> what) {
    storages.heard(what);
  }

  /** What is known of these models. */
  Copies copies(boolean complete, Set<ModelName> models) {
    Map<ModelName, List<Copies.Copy>> copies = new HashMap<>();
    for (ModelName model : models) {
      StateTable<Heard> table = byModel.get(model);
      if (table != null) {
        copies.put(model, copies(table));
      }
    }
    Map<LocationName, Copies.Volume> volumes = new HashMap<>();
    storages
        .values()
        .forEach(
            it -> volumes.put(it.location(), new Copies.Volume(it.volumeId(), it.reportedAt())));
    return new Copies(complete, copies, volumes);
  }

  private static List<Copies.Copy> copies(StateTable<Heard> table) {
    Map<LocationName, List<Heard>> byLocation =
        table.values().collect(Collectors.groupingBy(Heard::location));
    List<Copies.Copy> copies = new ArrayList<>();
    for (List<Heard> there : byLocation.values()) {
      // An older announcement still names what was current then.
      String current =
          Collections.max(there, Comparator.comparingLong(Heard::generation)).currentCommit();
      for (Heard heard : there) {
        if (heard.whole()) {
          copies.add(
              new Copies.Copy(
                  heard.location(),
                  heard.commit(),
                  current.equals(heard.commit().value()),
                  heard.verifiedAt()));
        }
      }
    }
    return copies;
  }
}
