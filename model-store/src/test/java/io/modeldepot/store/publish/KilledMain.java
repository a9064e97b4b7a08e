package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.MODEL;

import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process that does one operation, or finishes it, and is killed by SIGKILL at a call. */
final class KilledMain {
  private static final ClaimTimes IMPATIENT =
      new ClaimTimes(Duration.ofMillis(10), Duration.ofMillis(60));

  private KilledMain() {}

  /** Arguments: the operation, the volume, the call's number. */
  public static void main(String[] args) throws Exception {
    int at = Integer.parseInt(args[2]);
    FaultyCalls calls = new FaultyCalls(new LinuxCalls());
    ModelStore store = Operation.open(Path.of(args[1]), calls);
    calls.fail(
        (made, call, path) -> {
          if (made == at) {
            die();
          }
          return Optional.empty();
        });
    run(Operation.valueOf(args[0]), store);
  }

  /** Does it, or what is left of it. */
  static void run(Operation operation, ModelStore store) throws IOException, InterruptedException {
    try (Claims claims = store.claims("process-" + ProcessHandle.current().pid(), IMPATIENT);
        Claim claim = claims.await(store.claimPlace(MODEL), Duration.ofSeconds(20)).orElseThrow()) {
      operation.repeat(store, claim);
    }
  }

  private static void die() {
    try {
      int unused =
          new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor();
      Thread.sleep(Duration.ofMinutes(1));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
