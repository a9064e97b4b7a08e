package io.modeldepot.mirror.hubapi;

import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.hub.document.CardData;
import io.modeldepot.hub.document.Gated;
import io.modeldepot.hub.document.ModelInfo;
import io.modeldepot.hub.document.Sibling;
import io.modeldepot.hub.git.LargeFilePointer;
import io.modeldepot.mirror.shelf.Book;
import io.modeldepot.mirror.shelf.Edition;
import java.util.List;
import java.util.Optional;

/** Model information, made from a version. */
final class Documents {
  private Documents() {}

  /** How much is said of each file. */
  enum Detail {
    NAMES,
    BLOBS
  }

  /** Information with the files; of a gated repository too, as at the Hub. */
  static ModelInfo info(String id, Book book, Detail detail) {
    List<Sibling> siblings =
        book.files().values().stream()
            .map(file -> detail == Detail.BLOBS ? blob(file) : Sibling.named(file.path()))
            .toList();
    return info(id, book.edition(), siblings);
  }

  /** Information without the files, as in a list of models. */
  static ModelInfo info(String id, Edition edition, List<Sibling> siblings) {
    return new ModelInfo(
        id,
        Optional.of(edition.commit().value()),
        edition.gated().map(Gated::of).orElse(Gated.OPEN),
        false,
        false,
        Optional.of(edition.createdAt()),
        edition.licence().map(licence -> List.of("license:" + licence)).orElse(List.of()),
        edition.licence().map(CardData::licensed),
        Optional.empty(),
        siblings);
  }

  private static Sibling blob(ManifestFile file) {
    Optional<LargeFilePointer> pointer = Listing.pointer(file);
    return new Sibling(
        file.path(),
        Optional.of(file.sizeBytes()),
        pointer.map(LargeFilePointer::id).or(() -> file.gitSha1().map(GitSha1::value)),
        pointer.map(p -> new Sibling.Large(p.sha256(), p.sizeBytes(), p.pointerSizeBytes())));
  }
}
