package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.ChildJvm;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real processes that archive versions and bring them back are killed by {@code kill -9} at calls
 * chosen at random; another process waits until the dead one's claim has stood still, and comes to
 * a clean end. A seed that failed is run again by {@code -Ddepot.seed=…}; more kills by {@code
 * -Ddepot.kills=…}.
 */
final class KillTest {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int KILLED = 137;

  private final FileCalls calls = new LinuxCalls();
  private Path directory = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory(StoreFixture.places().getLast(), "kills-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ARCHIVE_AN_OLD_VERSION",
        "ARCHIVE_THE_CURRENT_VERSION",
        "BRING_BACK_WHAT_WAS_ARCHIVED"
      })
  void whoeverComesNextFinishesIt(Operation operation) throws Exception {
    long seed = Long.getLong("depot.seed", new Random().nextLong());
    System.out.println("depot.seed=" + seed);
    Random random = new Random(seed);
    Path before = directory.resolve("before");
    try (StoreFixture volume = new StoreFixture(before)) {
      operation.start.make(volume);
    }
    int made = calls(operation, before);
    assertThat(made).isGreaterThan(20);

    for (int kill = 0; kill < Integer.getInteger("depot.kills", 1); kill++) {
      int at = random.nextInt(made);
      String moment = "seed " + seed + ": " + operation + " killed at call " + at + " of " + made;
      Path root = directory.resolve("killed-" + kill);
      Trace.copyVolume(calls, before, root);
      ChildJvm.End killed = ChildJvm.run(Map.of(), KilledMain.class, operation, root, at);
      assertThat(killed.status()).as("%s: %s", moment, killed.output()).isEqualTo(KILLED);
      ModelStore store = Operation.open(root, calls);
      assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();
      assertThat(operation.lost(store)).as(moment).isEmpty();

      ChildJvm.End next = ChildJvm.run(Map.of(), KilledMain.class, operation, root, NEVER);

      assertThat(next.status()).as("%s, then: %s", moment, next.output()).isZero();
      assertThat(store.invariants().brokenAtRest()).as(moment).isEmpty();
      assertThat(store.publisher().isSettled(MODEL)).as(moment).isTrue();
      assertThat(operation.lost(store)).as(moment).isEmpty();
      assertThat(CrashTest.view(store)).as(moment).isEqualTo(operation.expectedView());
    }
  }

  /** How many calls it takes, done in this process. */
  private int calls(Operation operation, Path before) throws Exception {
    Path root = directory.resolve("whole");
    Trace.copyVolume(calls, before, root);
    FaultyCalls counting = new FaultyCalls(calls);
    ModelStore store = Operation.open(root, counting);
    counting.heal();
    KilledMain.run(operation, store);
    return counting.made();
  }
}
