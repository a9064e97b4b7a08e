package io.modeldepot.mirror.hubapi;

import io.modeldepot.mirror.access.Caller;
import io.modeldepot.mirror.access.Gatekeeper;
import io.modeldepot.mirror.elsewhere.Elsewhere;
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
  private final Elsewhere elsewhere;

  Lookup(Shelf shelf, Gatekeeper gatekeeper, PullThrough pull, Elsewhere elsewhere) {
    this.shelf = shelf;
    this.gatekeeper = gatekeeper;
    this.pull = pull;
    this.elsewhere = elsewhere;
  }

  /** The version of a repository that a path means, if it is here. */
  Optional<Edition> find(Shelved shelved, HubPath path) {
    String revision = named(path.revision());
    return Revisions.resolve(shelved, revision)
        .or(() -> shelf.findAgain(shelved.id()).flatMap(s -> Revisions.resolve(s, revision)));
  }

  /**
   * A repository that no location has: what is on its way of it, which a caller who may causes.
   *
   * @throws Denied if nothing is, or nothing that could be served yet
   */
  Target coming(Asked asked, HubPath path) {
    Pulled pulled = asked.isHereOnly() ? new Pulled.No() : pulled(asked, path);
    return arriving(pulled).orElseThrow(() -> Denied.pulled(pulled));
  }

  private Pulled pulled(Asked asked, HubPath path) {
    Caller caller = gatekeeper.caller(asked.authorization());
    if (!isUsual(path.revision())) {
      return pull.look(path.repository(), path.revision(), caller);
    }
    // What another location says may not be read yet: it would be fetched from far for nothing.
    return elsewhere.isComplete()
        ? pull.ask(path.repository(), caller)
        : pull.await(path.repository(), caller);
  }

  /** A revision that no location has, of a repository that is here: what is on its way of it. */
  Target coming(Asked asked, HubPath path, Shelved shelved) {
    if (isUsual(path.revision()) || asked.isHereOnly()) {
      return Target.here(shelved, Optional.empty());
    }
    Caller caller = gatekeeper.caller(asked.authorization());
    return arriving(pull.look(shelved.id(), path.revision(), caller))
        .orElseGet(() -> Target.here(shelved, Optional.empty()));
  }

  private static Optional<Target> arriving(Pulled pulled) {
    return pulled instanceof Pulled.Coming coming
        ? coming.arriving().map(Target::coming)
        : Optional.empty();
  }

  private static String named(String revision) {
    return revision.isEmpty() ? Revisions.MAIN : revision;
  }

  private static boolean isUsual(String revision) {
    return revision.isEmpty() || revision.equals(Revisions.MAIN) || revision.equals(Revisions.HEAD);
  }

  /**
   * The version that is meant.
   *
   * @throws Denied if there is none
   */
  Edition edition(Target target, String revision) {
    return target.edition().orElseThrow(() -> Denied.noRevision(named(revision)));
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
