package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process that carries a plan out and is killed by SIGKILL at one of its calls. */
final class KilledMain {
  static final ClaimTimes TIMES = new ClaimTimes(Duration.ofMillis(5), Duration.ofMillis(40));

  private KilledMain() {}

  public static void main(String[] args) throws Exception {
    int at = Integer.parseInt(args[2]);
    FaultyCalls calls = new FaultyCalls(new LinuxCalls());
    ModelStore store =
        ModelStore.open(Path.of(args[0]), Optional.empty(), Clock.systemUTC(), calls);
    Plan plan = new PlanBook(store).read(args[1]).orElseThrow();
    calls.fail(
        (made, call, path) -> {
          if (made == at) {
            die();
          }
          return Optional.empty();
        });
    var unused =
        new Applier(
                asJanitor(new Shelf(store, store.claims("killed", TIMES))),
                KillTest.NOBODY,
                (topic, key, payload) -> {},
                new ClockWatch(System::nanoTime, Instant::now),
                plan,
                RequestId.of("killed"),
                Duration.ofSeconds(5))
            .apply(progress -> {});
    System.out.println("calls " + calls.made());
  }

  /** Nothing is removed by anybody else; who was killed has the claim until it stood still. */
  static Shelf asJanitor(Shelf shelf) throws IOException, InterruptedException {
    Claim unused =
        shelf.claims().await(shelf.store().janitorClaim(), Duration.ofSeconds(10)).orElseThrow();
    return shelf;
  }

  private static void die() {
    try {
      var unused =
          new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor();
      Thread.sleep(Duration.ofMinutes(1));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
