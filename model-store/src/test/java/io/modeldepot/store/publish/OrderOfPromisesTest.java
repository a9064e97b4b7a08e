package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.Change;
import io.modeldepot.store.volume.fault.RecordingCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that keeps no order by itself, only what was synced before is there before. */
final class OrderOfPromisesTest {
  private static final Path MODEL_DIRECTORY = Path.of("versions", MODEL.value());

  @TempDir Path directory;
  private List<Change> changes;

  @BeforeEach
  void publish() throws IOException {
    try (StoreFixture volume = new StoreFixture(directory)) {
      Operation.PUBLISH_THE_FIRST_VERSION.start.make(volume);
    }
    RecordingCalls recording = new RecordingCalls(new LinuxCalls(), directory);
    ModelStore store = Operation.open(directory, recording);
    try (Claims claims = store.claims("only");
        Claim claim = claims.take(store.claimPlace(MODEL)).orElseThrow()) {
      Operation.PUBLISH_THE_FIRST_VERSION.run(store, claim);
    }
    changes = recording.trace().changes();
  }

  @Test
  void everythingWrittenIsSyncedBeforeTheTreeArrives() {
    int arrival = renameTo(FIRST.value());
    Set<Integer> unsynced = new HashSet<>();
    for (Change change : changes.subList(0, arrival)) {
      switch (change) {
        case Change.Write write when !isBeat(write.handle()) -> unsynced.add(write.handle());
        case Change.Sync sync -> unsynced.remove(sync.handle());
        default -> {}
      }
    }

    assertThat(unsynced).isEmpty();
  }

  @Test
  void theTreesNamesAreSyncedBeforeItArrives() {
    int arrival = renameTo(FIRST.value());
    Path built = ((Change.Rename) changes.get(arrival)).from();

    assertThat(changes.subList(0, arrival))
        .contains(new Change.SyncDirectory(built), new Change.SyncDirectory(built.resolve("sub")));
  }

  @Test
  void theTreeIsInPlaceForGoodBeforeTheManifestSaysSo() {
    assertSyncedBetween(renameTo(FIRST.value()), renameTo(FIRST + ".json"));
  }

  @Test
  void theManifestIsInPlaceForGoodBeforeItIsCurrent() {
    assertSyncedBetween(renameTo(FIRST + ".json"), renameTo("current.json"));
  }

  @Test
  void whatWasPromisedIsThereForGoodWhenTheCallReturns() {
    assertSyncedBetween(renameTo("current.json"), changes.size());
  }

  private void assertSyncedBetween(int from, int to) {
    assertThat(from).isLessThan(to);
    assertThat(changes.subList(from, to)).contains(new Change.SyncDirectory(MODEL_DIRECTORY));
  }

  private int renameTo(String name) {
    return indexOf(
        change ->
            change instanceof Change.Rename rename
                && rename.to().equals(MODEL_DIRECTORY.resolve(name)));
  }

  private int indexOf(Predicate<Change> wanted) {
    for (int i = 0; i < changes.size(); i++) {
      if (wanted.test(changes.get(i))) {
        return i;
      }
    }
    throw new AssertionError("There is no such change in " + changes);
  }

  private boolean isBeat(int handle) {
    return changes.stream()
        .anyMatch(
            change ->
                change instanceof Change.Create create
                    && create.handle() == handle
                    && create.file().endsWith("beat"));
  }
}
