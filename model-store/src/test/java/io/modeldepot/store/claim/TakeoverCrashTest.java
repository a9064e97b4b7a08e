package io.modeldepot.store.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A takeover is itself stopped after every change; the next one still finds all of the work. */
final class TakeoverCrashTest {
  private static final ClaimTimes TIMES =
      new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));

  @TempDir Path directory;
  private final FileCalls calls = new LinuxCalls();

  @Test
  void aTakeoverThatDiesAnywhereLosesNoWork() throws IOException {
    Path before = directory.resolve("before");
    Path after = directory.resolve("after");
    abandonedJob(before);
    Trace.copyVolume(calls, before, after);
    RecordingCalls recording = new RecordingCalls(calls, after);
    assertThat(takeOver(after, recording)).isPresent();
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = directory.resolve("stopped-" + prefix);
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, Trace.End.KILL);
      assertThat(open(stopped, calls).invariants().brokenAtAnyMoment()).isEmpty();
      Claim claim = takeOver(stopped, calls).orElseThrow();

      assertThat(claim.work().resolve("parts/0001")).as("after %s", prefix).hasContent("x");
      assertThat(claim.work().resolve("tree/config.json")).as("after %s", prefix).hasContent("{}");
      assertThat(calls.list(claim.directory())).hasSize(2);
    }
    assertThat(trace.length()).isGreaterThan(5);
  }

  private void abandonedJob(Path root) throws IOException {
    StoreFixture volume = new StoreFixture(root);
    Path place = volume.layout().downloads().resolve("job-1");
    volume.claims.create(place);
    Claim claim = volume.claims.take(place).orElseThrow();
    Files.createDirectories(claim.work().resolve("parts"));
    Files.createDirectories(claim.work().resolve("tree"));
    Files.writeString(claim.work().resolve("parts/0001"), "x");
    Files.writeString(claim.work().resolve("tree/config.json"), "{}");
  }

  private static Optional<Claim> takeOver(Path root, FileCalls calls) throws IOException {
    ModelStore store = open(root, calls);
    AtomicLong nanos = new AtomicLong();
    Claims claims = new Claims(store.volume(), "successor", TIMES, nanos::get);
    Path place = store.layout().downloads().resolve("job-1");
    claims.observe(place);
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    return claims.takeOver(place);
  }

  private static ModelStore open(Path root, FileCalls calls) throws IOException {
    return ModelStore.open(root, Optional.empty(), Clock.systemUTC(), calls);
  }
}
