package io.modeldepot.store.trash;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ChildJvm;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.integrity.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three writers against two collectors on one store of blobs, each a process of its own. */
class CollectorsTest {
  private static final int WRITERS = 3;
  private static final int COLLECTORS = 2;
  private static final int ROUNDS = 40;

  @TempDir Path directory;

  @Test
  void whatIsPublishedIsWholeWhateverIsDestroyedMeanwhile() throws Exception {
    long seed = Long.getLong("depot.seed", new Random().nextLong());
    System.out.println("depot.seed=" + seed);
    Path root = directory.resolve("volume");
    Path stop = directory.resolve("stop");
    try (StoreFixture volume = new StoreFixture(root);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ChildJvm.End>> collectors = new ArrayList<>();
      for (int i = 0; i < COLLECTORS; i++) {
        collectors.add(
            threads.submit(() -> ChildJvm.run(Map.of(), CollectorMain.class, root, stop)));
      }
      List<Future<ChildJvm.End>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(
            threads.submit(
                () -> ChildJvm.run(Map.of(), WriterMain.class, root, writer, ROUNDS, seed)));
      }
      List<ChildJvm.End> wrote = ends(writers);
      Files.createFile(stop);
      List<ChildJvm.End> collected = ends(collectors);

      assertThat(wrote)
          .as("seed %d", seed)
          .allSatisfy(end -> assertThat(end.status()).as(end.output()).isZero());
      assertThat(collected).allSatisfy(end -> assertThat(end.status()).as(end.output()).isZero());
      assertThat(collected.stream().mapToLong(CollectorsTest::destroyed).sum())
          .as("blobs that lost their last link")
          .isPositive();
      assertThat(broken(volume)).as("seed %d", seed).isEmpty();
      assertThat(volume.store.invariants().brokenAtRest()).as("seed %d", seed).isEmpty();
    }
  }

  private static List<ChildJvm.End> ends(List<Future<ChildJvm.End>> running) throws Exception {
    List<ChildJvm.End> ends = new ArrayList<>();
    for (Future<ChildJvm.End> one : running) {
      ends.add(one.get());
    }
    return ends;
  }

  private static long destroyed(ChildJvm.End end) {
    Matcher said = Pattern.compile("destroyed (\\d+)").matcher(end.output());
    assertThat(said.find()).as(end.output()).isTrue();
    return Long.parseLong(said.group(1));
  }

  private static List<String> broken(StoreFixture volume) throws IOException {
    List<String> broken = new ArrayList<>();
    Verifier verifier = volume.store.verifier();
    for (ModelName model : volume.store.versions().models()) {
      for (CommitId commit : volume.store.versions().commits(model)) {
        verifier
            .verify(model, commit, Verifier.Depth.BYTES, bytes -> {})
            .filter(report -> !report.clean())
            .ifPresent(report -> broken.add(model + "@" + commit + report.findings()));
      }
    }
    return broken;
  }
}
