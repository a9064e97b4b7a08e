package io.modeldepot.mirror.hubapi;

import io.modeldepot.mirror.shelf.Arriving;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelved;
import java.util.List;
import java.util.Optional;

/**
 * What a path leads to.
 *
 * @param shelved the versions that its name leads to
 * @param edition the version that its revision means, if there is one
 * @param arriving present if it is only on its way; then that is its one version
 */
record Target(Shelved shelved, Optional<Edition> edition, Optional<Arriving> arriving) {
  static Target here(Shelved shelved, Optional<Edition> edition) {
    return new Target(shelved, edition, Optional.empty());
  }

  static Target coming(Arriving arriving) {
    var edition = arriving.book().edition();
    return new Target(
        new Shelved(edition.id(), List.of(edition)), Optional.of(edition), Optional.of(arriving));
  }
}
