package io.modeldepot.downloader.publish;

import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.publish.Publication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Puts what a job brought in its place, under the claim of the model and only while the job is
 * ours. Nothing here reads a model's files.
 */
public final class Publishing {
  private final KnownVersions known;
  private final Wishes wishes;
  private final Signing signing;

  /** What is signed once it is in its place. */
  @FunctionalInterface
  public interface Signing {
    /** Signs a version, or does not. */
    void sign(Shelf shelf, Claim claim, Manifest manifest) throws IOException;
  }

  /** Publishing that goes by what is known and wished here. */
  public Publishing(KnownVersions known, Wishes wishes, Signing signing) {
    this.known = known;
    this.wishes = wishes;
    this.signing = signing;
  }

  /**
   * Publishes.
   *
   * @param parts verified files by digest
   * @throws io.modeldepot.store.publish.MissingContent if content is nowhere; nothing is published
   */
  public Publication publish(Turn turn, Shelf shelf, Manifest manifest, Map<Sha256, Path> parts)
      throws IOException, InterruptedException {
    return shelf.underClaim(
        manifest.model(),
        claim -> {
          turn.claim().requireHeld();
          Publication done =
              shelf
                  .store()
                  .publisher()
                  .publish(claim, manifest, parts, known.generation(manifest.model()));
          signing.sign(shelf, claim, done.manifest().orElse(manifest));
          wishes.followActive(shelf, claim, manifest.model());
          return done;
        });
  }
}
