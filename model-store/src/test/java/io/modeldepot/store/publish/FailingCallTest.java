package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.ModelStore;
import io.modeldepot.store.Share;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of every operation is refused once. The operation may fail or get along without; the
 * volume must hold what it promises, and the same holder must succeed when it tries again. A full
 * disk and a stale handle are met at a share of the calls, unless all are asked for ({@link
 * Share}).
 */
final class FailingCallTest {
  private final FileCalls calls = new LinuxCalls();
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory(StoreFixture.places().getLast(), "faults-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @EnumSource
  void anOperationSurvivesAnInputOutputErrorAnywhere(Operation operation) throws IOException {
    refuseCallsOnce(operation, Errno.EIO, Share.all());
  }

  @ParameterizedTest
  @EnumSource
  void anOperationSurvivesAFullDiskAnywhere(Operation operation) throws IOException {
    refuseCallsOnce(operation, Errno.ENOSPC, Share.drawn(operation, Errno.ENOSPC));
  }

  @ParameterizedTest
  @EnumSource
  void anOperationSurvivesAStaleHandleAnywhere(Operation operation) throws IOException {
    refuseCallsOnce(operation, Errno.ESTALE, Share.drawn(operation, Errno.ESTALE));
  }

  private void refuseCallsOnce(Operation operation, Errno errno, Share share) throws IOException {
    System.out.println(operation + " with " + errno + share);
    Path before = directory.resolve("before");
    try (StoreFixture volume = new StoreFixture(before)) {
      operation.start.make(volume);
    }
    boolean reached = true;
    for (int number = share.first(); reached; number += share.every()) {
      Path root = directory.resolve("faulty-" + number);
      Trace.copyVolume(calls, before, root);
      FaultyCalls faulty = new FaultyCalls(calls);
      ModelStore store = Operation.open(root, faulty);
      try (Claims claims = store.claims("only");
          Claim claim = claims.take(store.claimPlace(MODEL)).orElseThrow()) {
        faulty.failOnce(number, errno);
        reached = attempt(operation, store, claim, faulty, number);
        faulty.heal();
        String moment = operation + " with " + errno + " at call " + number;
        assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();
        operation.repeat(store, claim);
      }
      assertThat(operation.lost(store))
          .as("%s with %s at call %s, then repeated", operation, errno, number)
          .isEmpty();
      assertThat(store.invariants().brokenAtRest())
          .as("%s with %s at call %s, then repeated", operation, errno, number)
          .isEmpty();
      DirectoryTree.remove(calls, root);
    }
  }

  /** Whether the operation is long enough to make the call that is refused. */
  private static boolean attempt(
      Operation operation, ModelStore store, Claim claim, FaultyCalls faulty, int number)
      throws IOException {
    try {
      operation.run(store, claim);
    } catch (IOException e) {
      assertThat(faulty.made()).as("an operation failed by itself: " + e).isGreaterThan(number);
    }
    return faulty.made() > number;
  }
}
