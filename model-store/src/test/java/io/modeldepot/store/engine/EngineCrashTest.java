package io.modeldepot.store.engine;

import static io.modeldepot.store.StoreFixture.CLOCK;
import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.engine.EngineRepositories.Published;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A model moves from one repository to another and changes in a third; that is stopped after every
 * one of its changes, and every one of its calls is refused once. A server sees a whole folder or
 * none, and whoever comes next finishes.
 */
final class EngineCrashTest {
  private static final RepositoryName LEFT = new RepositoryName("gpu-host", "0");
  private static final RepositoryName KEPT = new RepositoryName("gpu-host", "1");
  private static final RepositoryName NEW = new RepositoryName("other-host", "0+1");
  private static final PlacedFiles BEFORE =
      new PlacedFiles(MODEL, 7, Map.of(LEFT, files("a"), KEPT, files("a")));
  private static final PlacedFiles AFTER =
      new PlacedFiles(MODEL, 8, Map.of(KEPT, files("b"), NEW, files("b")));

  private FileCalls calls = new LinuxCalls();
  private Path directory;

  private static Map<String, String> files(String text) {
    return Map.of("config.pbtxt", text, "1/model.json", text);
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory(StoreFixture.places().getLast(), "engines-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @EnumSource
  void aMoveThatWasStoppedIsFinishedByAnother(Trace.End end) throws IOException {
    stopAfterEveryChange(end);
  }

  @ParameterizedTest
  @EnumSource
  void soItIsWhereFoldersCannotBeExchanged(Trace.End end) throws IOException {
    calls = StoreFixture.without("exchange", Errno.EINVAL);
    stopAfterEveryChange(end);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC", "ESTALE"})
  void aMoveSurvivesEveryCallThatIsRefused(Errno errno) throws IOException {
    Path before = before();
    boolean reached = true;
    for (int number = 0; reached; number++) {
      Path root = directory.resolve("faulty-" + number);
      Trace.copyVolume(calls, before, root);
      FaultyCalls faulty = new FaultyCalls(calls);
      ModelStore store = open(root, faulty);
      String moment = errno + " at call " + number;
      try (Claims claims = store.claims("only");
          Claim claim = claims.take(store.enginesClaimPlace()).orElseThrow()) {
        faulty.failOnce(number, errno);
        try {
          move(store, claim);
        } catch (IOException refused) {
          assertThat(faulty.made()).as(moment + ": " + refused).isGreaterThan(number);
        }
        reached = faulty.made() > number;
        faulty.heal();
        assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();
        move(store, claim);
        assertThat(store.engines().isSettled(AFTER)).as(moment + ", then repeated").isTrue();
      }
      assertThat(store.invariants().brokenAtRest()).as(moment).isEmpty();
      DirectoryTree.remove(calls, root);
    }
  }

  private void stopAfterEveryChange(Trace.End end) throws IOException {
    Path before = before();
    Path after = directory.resolve("after");
    Trace.copyVolume(calls, before, after);
    RecordingCalls recording = new RecordingCalls(calls, after);
    ModelStore recorded = open(after, recording);
    try (Claims claims = recorded.claims("first");
        Claim claim = claims.take(recorded.enginesClaimPlace()).orElseThrow()) {
      move(recorded, claim);
    }
    Trace trace = recording.trace();
    for (int prefix : trace.distinct(end)) {
      Path stopped = directory.resolve("stopped-" + prefix);
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length();

      ModelStore store = open(stopped, calls);
      assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();
      assertThat(config(stopped, KEPT)).as(moment).isIn(Optional.of("a"), Optional.of("b"), gap());
      finish(store);
      assertThat(store.engines().isSettled(AFTER)).as(moment + ", then finished").isTrue();
      assertThat(config(stopped, LEFT)).as(moment + ", then finished").isEmpty();
      assertThat(store.invariants().brokenAtRest()).as(moment + ", then finished").isEmpty();
      DirectoryTree.remove(calls, stopped);
    }
  }

  /** Where folders cannot be exchanged there may be none for a moment. */
  private Optional<String> gap() {
    return calls instanceof FaultyCalls ? Optional.empty() : Optional.of("b");
  }

  private static Optional<String> config(Path root, RepositoryName name) throws IOException {
    Path file =
        root.resolve("engines/triton")
            .resolve(name.toString())
            .resolve(MODEL.value())
            .resolve("config.pbtxt");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  private Path before() throws IOException {
    Path before = directory.resolve("before");
    try (StoreFixture volume = new StoreFixture(before, calls);
        Claim claim =
            volume
                .claims
                .await(volume.store.enginesClaimPlace(), Duration.ofSeconds(10))
                .orElseThrow()) {
      volume.store.engines().publish(claim, BEFORE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return before;
  }

  private static void finish(ModelStore store) throws IOException {
    AtomicLong nanos = new AtomicLong();
    ClaimTimes times = new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    try (Claims claims = new Claims(store.volume(), "second", times, nanos::get)) {
      Path place = store.enginesClaimPlace();
      Optional<Claim> taken = claims.takeIfPossible(place);
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      try (Claim claim = taken.isPresent() ? taken.get() : claims.takeOver(place).orElseThrow()) {
        move(store, claim);
      }
    }
  }

  private static void move(ModelStore store, Claim claim) throws IOException {
    Published done = store.engines().publish(claim, AFTER);
    store.engines().remove(claim, MODEL, AFTER.generation(), done.leaving());
  }

  private static ModelStore open(Path root, FileCalls calls) throws IOException {
    return ModelStore.open(root, Optional.empty(), CLOCK, calls);
  }
}
