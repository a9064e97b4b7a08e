package io.modeldepot.mirror.hubapi;

import io.modeldepot.mirror.access.Caller;
import io.modeldepot.mirror.access.Gatekeeper;
import io.modeldepot.mirror.pull.PullThrough;
import io.modeldepot.mirror.pull.Pulled;
import io.modeldepot.mirror.revision.Revisions;
import io.modeldepot.mirror.shelf.Arriving;
import io.modeldepot.mirror.shelf.Book;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.mirror.shelf.Shelved;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds what a path names, and says who may read it. */
@ApplicationScoped
class Lookup {
  private final Shelf shelf;
  private final Gatekeeper gatekeeper;
  private final PullThrough pull;

  Lookup(Shelf shelf, Gatekeeper gatekeeper, PullThrough pull) {
    this.shelf = shelf;
    this.gatekeeper = gatekeeper;
    this.pull = pull;
  }

  /**
   * What is meant: the first reading that names something here, else what is on its way.
   *
   * @throws Denied if it is neither
   */
  Target target(Asked asked, HubPath usual, Optional<Shelved> shelved) {
    Caller caller = gatekeeper.caller(asked.authorization());
    if (shelved.isEmpty()) {
      Pulled pulled =
          isUsual(usual.revision())
              ? pull.ask(usual.repository(), caller)
              : pull.look(usual.repository(), usual.revision(), caller);
      return coming(pulled).orElseThrow(() -> Denied.pulled(pulled));
    }
    Target here = Target.here(shelved.get());
    if (isUsual(usual.revision()) || find(here.shelved(), usual.revision()).isPresent()) {
      return here;
    }
    return coming(pull.look(here.shelved().id(), usual.revision(), caller)).orElse(here);
  }

  private static Optional<Target> coming(Pulled pulled) {
    return pulled instanceof Pulled.Coming coming
        ? coming.arriving().map(Target::coming)
        : Optional.empty();
  }

  private static boolean isUsual(String revision) {
    return revision.isEmpty() || revision.equals(Revisions.MAIN) || revision.equals(Revisions.HEAD);
  }

  /** The version that a revision means. */
  Edition edition(Target target, String asked) {
    if (target.arriving().isPresent()) {
      return target.arriving().get().book().edition();
    }
    String revision = asked.isEmpty() ? Revisions.MAIN : asked;
    return find(target.shelved(), revision).orElseThrow(() -> Denied.noRevision(revision));
  }

  private Optional<Edition> find(Shelved shelved, String revision) {
    return Revisions.resolve(shelved, revision)
        .or(() -> shelf.findAgain(shelved.id()).flatMap(s -> Revisions.resolve(s, revision)));
  }

  /** The same version, if the caller may read it. */
  Edition readable(Asked asked, Edition edition) {
    Caller caller = gatekeeper.caller(asked.authorization());
    if (!gatekeeper.mayRead(caller, edition)) {
      throw Denied.gated(caller, edition);
    }
    return edition;
  }

  /** The files of a version. */
  Book open(Target target, Edition edition) {
    return target
        .arriving()
        .map(Arriving::book)
        .or(() -> shelf.open(edition))
        .orElseThrow(() -> Denied.noRevision(edition.commit().value()));
  }

  /** The files of the version that a revision means, if the caller may read it. */
  Book readableBook(Asked asked, Target target, String revision) {
    return open(target, readable(asked, edition(target, revision)));
  }
}
