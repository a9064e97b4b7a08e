package io.modeldepot.mirror.hubapi;

import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.mirror.shelf.Shelved;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers what the routes were asked, on the caller's thread, which may block. */
@ApplicationScoped
class HubAnswers {
  private final Shelf shelf;
  private final Lookup lookup;
  private final DocumentAnswers documents;
  private final FileAnswers files;
  private final Redirects redirects;

  HubAnswers(
      Shelf shelf,
      Lookup lookup,
      DocumentAnswers documents,
      FileAnswers files,
      Redirects redirects) {
    this.shelf = shelf;
    this.lookup = lookup;
    this.documents = documents;
    this.files = files;
    this.redirects = redirects;
  }

  /** A path, of whose readings the first that names something is meant. */
  void answer(Asked asked, List<HubPath> readings) throws IOException {
    for (HubPath reading : readings) {
      Optional<Shelved> shelved = shelf.find(reading.repository());
      if (shelved.isPresent()) {
        Optional<Edition> edition = lookup.find(shelved.get(), reading);
        // Names of revisions are told whether or not one of them is the current one.
        if (edition.isPresent() || reading.kind() == HubPath.Kind.REFS) {
          answer(asked, reading, Target.here(shelved.get(), edition));
        } else if (!redirects.answer(asked, List.of(reading))) {
          answer(asked, reading, lookup.coming(asked, reading, shelved.get()));
        }
        return;
      }
    }
    if (!redirects.answer(asked, readings)) {
      HubPath first = readings.getFirst();
      answer(asked, first, lookup.coming(asked, first));
    }
  }

  private void answer(Asked asked, HubPath path, Target target) throws IOException {
    switch (path.kind()) {
      case INFO -> documents.info(asked, target, path);
      case REFS -> documents.refs(asked, target);
      case AUTH_CHECK -> documents.authCheck(asked, target);
      case TREE -> documents.tree(asked, target, path);
      case PATHS_INFO -> documents.pathsInfo(asked, target, path);
      case RESOLVE -> files.resolve(asked, target, path);
      case RAW -> files.raw(asked, target, path);
    }
  }

  void whoAmI(Asked asked) {
    documents.whoAmI(asked);
  }

  void models(Asked asked) {
    documents.models(asked);
  }
}
