package io.modeldepot.downloader.volume;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
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
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  /** Something done under the claim of a model. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T with(Claim claim) throws IOException, InterruptedException;
  }

  /**
   * Does something under the claim of a model; waits for whoever holds it, at least as long as a
   * takeover of a dead holder takes.
   *
   * @throws ModelBusy if somebody alive holds it for longer
   */
  public <T> T underClaim(ModelName model, Work<T> work) throws IOException, InterruptedException {
    Path place = store.claimPlace(model);
    Optional<Claim> claim = claims.await(place, PATIENCE);
    if (claim.isEmpty()) {
      throw new ModelBusy(model);
    }
    try (Claim held = claim.get()) {
      return work.with(held);
    }
  }
}
