package io.modeldepot.store.keep;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.claim.Claims;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An open volume with the claims of this process.
 *
 * @param store what is on it
 * @param claims of this process; they beat
 */
public record Shelf(ModelStore store, Claims claims) {

  /** Something done under the claim of a model. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T with(Claim claim) throws IOException, InterruptedException;
  }

  /**
   * Does something under the claim of a model; waits for whoever holds it.
   *
   * @param patience how long at most; a takeover of a dead holder takes 30 s, on a network file
   *     system 90 s
   * @throws ModelBusy if somebody alive holds it for longer
   */
  public <T> T underClaim(ModelName model, Duration patience, Work<T> work)
      throws IOException, InterruptedException {
    Path place = store.claimPlace(model);
    Optional<Claim> claim = claims.await(place, patience);
    if (claim.isEmpty()) {
      throw new ModelBusy(model);
    }
    try (Claim held = claim.get()) {
      return work.with(held);
    }
  }

  /**
   * Looks whether this process still has a claim; one that stood still for long may have lost it
   * and not know.
   *
   * @throws ClaimLost if it has not
   */
  public void requireHeld(Path place) throws IOException {
    Optional<Claim> claim = claims.holding(place);
    if (claim.isEmpty()) {
      throw new ClaimLost(place);
    }
    claim.get().requireHeld();
  }
}
