package io.modeldepot.store.claim;

import io.modeldepot.store.ModelStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that takes a claim many times and, while it holds it, adds one to a number in a file
 * that lies outside. Two holders at once would lose additions.
 */
final class ContenderMain {
  private ContenderMain() {}

  public static void main(String[] args) throws Exception {
    ModelStore store = ModelStore.open(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    Path place = store.layout().downloads().resolve("contended");
    Path number = store.layout().root().resolve("number");
    try (Claims claims = store.claims("contender-" + ProcessHandle.current().pid())) {
      for (int round = 0; round < rounds; round++) {
        Optional<Claim> claim = claims.await(place, Duration.ofMinutes(2));
        try (Claim held = claim.orElseThrow()) {
          long next = Long.parseLong(Files.readString(number).trim()) + 1;
          Path fresh = held.work().resolve("number");
          Files.write(fresh, Long.toString(next).getBytes(StandardCharsets.US_ASCII));
          Files.move(fresh, number, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }
}
