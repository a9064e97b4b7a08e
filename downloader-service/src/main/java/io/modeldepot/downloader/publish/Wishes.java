package io.modeldepot.downloader.publish;

import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.publish.Publisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes the volume follow the catalog's lasting wishes, as far as nothing has to be fetched: which
 * version is current where the catalog pins one, and whether the model is active.
 */
@ApplicationScoped
public class Wishes {
  private final Catalog catalog;
  private final KnownVersions known;

  /** Follows this catalog. */
  @Inject
  public Wishes(Catalog catalog, KnownVersions known) {
    this.catalog = catalog;
    this.known = known;
  }

  /** What came of it. */
  public enum Outcome {
    /** Another version is current now; it has to be announced. */
    CHANGED,
    /** The announced state is still right. */
    AS_BEFORE
  }

  /**
   * Makes a version current that is here, its links too. Does nothing if all is so.
   *
   * @param claim the model's
   */
  public Outcome makeCurrent(Shelf shelf, Claim claim, ModelName model, CommitId commit)
      throws IOException {
    Publisher publisher = shelf.store().publisher();
    Outcome outcome = Outcome.AS_BEFORE;
    if (isCurrent(shelf.store(), model, commit)) {
      if (!publisher.isSettled(model)) {
        publisher.settle(claim, model);
      }
    } else {
      Publication done = publisher.makeCurrent(claim, model, commit, known.generation(model));
      outcome =
          done.outcome() == Publication.Outcome.UNCHANGED ? Outcome.AS_BEFORE : Outcome.CHANGED;
    }
    followActive(shelf, claim, model);
    return outcome;
  }

  /**
   * Makes or removes the active link as the catalog wishes; a model it does not know stays as is.
   * Looks at the catalog again afterwards: whoever told of a wish that changed meanwhile found link
   * and wish still agreeing, and nobody would come back to this model.
   */
  void followActive(Shelf shelf, Claim claim, ModelName model) throws IOException {
    Optional<Boolean> wish = catalog.find(model).map(ModelDescribed::active);
    Optional<Boolean> done = Optional.empty();
    while (wish.isPresent() && !wish.equals(done)) {
      if (wish.get()) {
        boolean unused = shelf.store().publisher().activate(claim, model);
      } else if (hasActiveLink(shelf, model)) {
        shelf.store().publisher().deactivate(claim, model);
      }
      done = wish;
      wish = catalog.find(model).map(ModelDescribed::active);
    }
  }

  /** Follows the catalog's entry of a model: pin and active. */
  public Outcome follow(Shelf shelf, ModelName model) throws IOException, InterruptedException {
    Optional<ModelDescribed> entry = catalog.find(model);
    if (entry.isEmpty() || shelf.store().versions().current(model).isEmpty()) {
      return Outcome.AS_BEFORE;
    }
    Optional<CommitId> pinnedAndHere = pinnedAndHere(shelf.store(), entry.get());
    boolean linked = entry.get().active() == hasActiveLink(shelf, model);
    boolean current =
        pinnedAndHere.isEmpty() || isCurrent(shelf.store(), model, pinnedAndHere.get());
    if (linked && current && shelf.store().publisher().isSettled(model)) {
      return Outcome.AS_BEFORE;
    }
    return shelf.underClaim(
        model,
        claim -> {
          Optional<CommitId> wanted = pinnedAndHere(shelf.store(), entry.get());
          if (wanted.isPresent()) {
            return makeCurrent(shelf, claim, model, wanted.get());
          }
          shelf.store().publisher().settle(claim, model);
          followActive(shelf, claim, model);
          return Outcome.AS_BEFORE;
        });
  }

  private static Optional<CommitId> pinnedAndHere(ModelStore store, ModelDescribed entry)
      throws IOException {
    Optional<CommitId> pin = entry.pin();
    return pin.isPresent() && store.versions().manifest(entry.model(), pin.get()).isPresent()
        ? pin
        : Optional.empty();
  }

  private static boolean isCurrent(ModelStore store, ModelName model, CommitId commit)
      throws IOException {
    return store.versions().current(model).flatMap(Current::commit).equals(Optional.of(commit));
  }

  private static boolean hasActiveLink(Shelf shelf, ModelName model) throws IOException {
    return shelf.store().volume().calls().stat(shelf.store().layout().active(model)).isPresent();
  }
}
