package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.FAMILY;
import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.Share;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation is stopped after every one of its changes, by a kill and by a power cut. Each
 * time the volume must hold what it promises, show the version before or the one after, and let
 * another holder finish the work. A state that an operation leaves twice is looked at once; on file
 * systems that can do less, a share of the states is, unless all are asked for ({@link Share}).
 */
final class CrashTest {
  private FileCalls calls = new LinuxCalls();
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    // Memory where there is such: thousands of syncs on a disk would say nothing more.
    directory = Files.createTempDirectory(StoreFixture.places().getLast(), "crash-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @EnumSource
  void aKilledOperationIsFinishedByAnother(Operation operation) throws IOException {
    stop(operation, Trace.End.KILL, (trace, point) -> true);
  }

  @ParameterizedTest
  @EnumSource
  void anOperationIsFinishedAfterAPowerCut(Operation operation) throws IOException {
    // Where nothing can be lost it is what a kill leaves.
    stop(operation, Trace.End.POWER_CUT, Trace::mayLoseContent);
  }

  @ParameterizedTest
  @EnumSource
  void anOperationThatCannotExchangeIsFinishedByAnother(Operation operation) throws IOException {
    calls = StoreFixture.without("exchange", Errno.EINVAL);
    stopAtAShare(operation, Trace.End.KILL);
  }

  // Without hard links the view is a link: whoever edits there edits the version itself.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PUBLISH_OVER_AN_EDITED_VIEW", "WITHDRAW_AN_EDITED_VIEW"})
  void anOperationThatCannotLinkIsFinishedByAnother(Operation operation) throws IOException {
    calls = StoreFixture.without("link", Errno.EPERM);
    stopAtAShare(operation, Trace.End.POWER_CUT);
  }

  /** Which beginnings of a trace are looked at. */
  private interface Points {
    boolean take(Trace trace, int prefix);
  }

  private void stopAtAShare(Operation operation, Trace.End end) throws IOException {
    Share share = Share.drawn(operation, end, calls.getClass());
    System.out.println(operation + " " + end + share);
    stop(operation, end, (trace, prefix) -> share.takes(prefix));
  }

  private void stop(Operation operation, Trace.End end, Points points) throws IOException {
    Path before = directory.resolve("before");
    Path after = directory.resolve("after");
    try (StoreFixture volume = new StoreFixture(before, calls)) {
      operation.start.make(volume);
    }
    Trace.copyVolume(calls, before, after);
    Trace trace = record(operation, after);
    Optional<Current> old = Operation.open(before, calls).versions().current(MODEL);
    Optional<Current> fresh = Operation.open(after, calls).versions().current(MODEL);

    for (int prefix : trace.distinct(end)) {
      if (points.take(trace, prefix)) {
        Path stopped = directory.resolve("stopped-" + prefix);
        Trace.copyVolume(calls, before, stopped);
        trace.replay(calls, stopped, prefix, end);
        check(operation, stopped, moment(operation, trace, prefix), old, fresh);
        DirectoryTree.remove(calls, stopped);
      }
    }
  }

  private static String moment(Operation operation, Trace trace, int prefix) {
    String moment = operation + " stopped after " + prefix + " of " + trace.length();
    return prefix > 0 ? moment + ": " + trace.changes().get(prefix - 1) : moment;
  }

  private void check(
      Operation operation,
      Path stopped,
      String moment,
      Optional<Current> old,
      Optional<Current> fresh)
      throws IOException {
    ModelStore store = Operation.open(stopped, calls);
    assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();
    Optional<Current> now = store.versions().current(MODEL);
    if (operation == Operation.ARCHIVE_THE_CURRENT_VERSION) {
      // Two changes, each of which raises the generation: withdrawn, then out of the way.
      assertThat(now.map(Current::commit)).as(moment).isIn(commit(old), commit(fresh));
    } else {
      assertThat(now).as(moment).isIn(old, fresh);
    }
    assertThat(operation.lost(store)).as(moment).isEmpty();
    finish(operation, store, moment);
  }

  private static Optional<Optional<CommitId>> commit(Optional<Current> current) {
    return current.map(Current::commit);
  }

  private Trace record(Operation operation, Path root) throws IOException {
    RecordingCalls recording = new RecordingCalls(calls, root);
    ModelStore store = Operation.open(root, recording);
    try (Claims claims = store.claims("first");
        Claim claim = claims.take(store.claimPlace(MODEL)).orElseThrow()) {
      operation.run(store, claim);
    }
    return recording.trace();
  }

  private static void finish(Operation operation, ModelStore store, String moment)
      throws IOException {
    AtomicLong nanos = new AtomicLong();
    ClaimTimes times = new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    try (Claims claims = new Claims(store.volume(), "second", times, nanos::get)) {
      Path place = store.claimPlace(MODEL);
      Optional<Claim> taken = claims.takeIfPossible(place);
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      Claim claim = taken.isPresent() ? taken.get() : claims.takeOver(place).orElseThrow();
      operation.repeat(store, claim);
    }
    assertThat(store.invariants().brokenAtRest()).as(moment + ", then finished").isEmpty();
    assertThat(store.publisher().isSettled(MODEL)).as(moment + ", then finished").isTrue();
    assertThat(operation.lost(store)).as(moment + ", then finished").isEmpty();
    assertThat(view(store)).as(moment + ", then finished").isEqualTo(operation.expectedView());
  }

  static Map<String, String> view(ModelStore store) throws IOException {
    Map<String, String> content = new TreeMap<>();
    Path view = store.layout().view(FAMILY, MODEL);
    if (Files.exists(view)) {
      // On a file system without hard links the view is a link.
      Path tree = view.toRealPath();
      for (DirectoryTree.Entry entry : DirectoryTree.walk(store.volume().calls(), tree)) {
        if (entry.stat().isFile()) {
          byte[] bytes = Files.readAllBytes(tree.resolve(entry.path()));
          content.put(entry.path(), StoreFixture.digests(bytes).sha256().value());
        }
      }
    }
    return content;
  }
}
