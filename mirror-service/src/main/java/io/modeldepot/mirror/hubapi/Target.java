package io.modeldepot.mirror.hubapi;

import io.modeldepot.mirror.shelf.Arriving;
import io.modeldepot.mirror.shelf.Shelved;
import java.util.List;
import java.util.Optional;

/**
 * What the name in a path leads to.
 *
 * @param shelved its versions
 * @param arriving present if it is only on its way; then that is its one version
 */
record Target(Shelved shelved, Optional<Arriving> arriving) {
  static Target here(Shelved shelved) {
    return new Target(shelved, Optional.empty());
  }

  static Target coming(Arriving arriving) {
    var edition = arriving.book().edition();
    return new Target(new Shelved(edition.id(), List.of(edition)), Optional.of(arriving));
  }
}
