package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.UsageKind;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.StoreInvariants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What holds after every test, whatever it did. */
final class Promises {
  private static final Set<String> FINAL =
      Set.of("done", "failed", "cancelled", "expired", "planned");

  /** The token, and what the query of a signed address looks like. */
  private static final List<String> SECRETS = List.of(World.TOKEN, "signature=");

  /** What was read of a volume after one test and has not changed is not read after the next. */
  private static final Map<Path, StoreInvariants> VOLUMES = new ConcurrentHashMap<>();

  private Promises() {}

  static void kept(Ear ear, ModelStore store, Path root) throws IOException {
    List<Ear.Heard> progress = ear.all("download-progressed", it -> true);
    sequencesRise(progress);
    whatEndedStaysAsItIs(progress);
    noSecretIsTold(ear);
    noSecretIsWritten(root);
    assertThat(VOLUMES.computeIfAbsent(root, it -> store.invariants()).brokenAtAnyMoment())
        .as("broken on the volume")
        .isEmpty();
    assertThat(store.accounts().report(List.of()).usage())
        .as("bytes of the volume by what they are for")
        .noneMatch(it -> it.kind() == UsageKind.UNEXPLAINED);
  }

  /** An end may be said again, in the same words. */
  private static void sequencesRise(List<Ear.Heard> progress) {
    Map<String, Ear.Heard> last = new HashMap<>();
    for (Ear.Heard one : progress) {
      Ear.Heard before = last.put(one.text("/requestId"), one);
      boolean saidAgain =
          before != null
              && FINAL.contains(one.text("/state"))
              && one.number("/sequence") == before.number("/sequence");
      if (before != null && !saidAgain) {
        assertThat(one.number("/sequence"))
            .as("sequence of %s after %s", one.value(), before.value())
            .isGreaterThan(before.number("/sequence"));
      }
    }
  }

  private static void whatEndedStaysAsItIs(List<Ear.Heard> progress) {
    Map<String, String> ends = new HashMap<>();
    for (Ear.Heard one : progress) {
      String end = ends.get(one.text("/requestId"));
      if (end != null) {
        assertThat(one.text("/state")).as("state after the end of %s", one.value()).isEqualTo(end);
      }
      if (FINAL.contains(one.text("/state"))) {
        ends.put(one.text("/requestId"), one.text("/state"));
      }
    }
  }

  private static void noSecretIsTold(Ear ear) {
    assertThat(ear.everything())
        .allSatisfy(it -> assertThat(it.toString()).doesNotContain(SECRETS));
  }

  /** Journals, manifests, evidence: every small file that is not a model's; and the log. */
  private static void noSecretIsWritten(Path root) throws IOException {
    assertThat(Files.readString(Path.of(root + ".log"))).doesNotContain(SECRETS);
    for (Path directory : List.of(root.resolve("downloads"), root.resolve(".depot"))) {
      for (Path file : House.below(directory)) {
        // Journals and evidence stay; what a claim holds may go at any moment.
        boolean stays =
            file.startsWith(root.resolve(".depot")) || directory.equals(file.getParent());
        if (stays && file.toString().endsWith(".json")) {
          assertThat(Files.readString(file)).as("%s", file).doesNotContain(SECRETS);
        }
      }
    }
  }
}
