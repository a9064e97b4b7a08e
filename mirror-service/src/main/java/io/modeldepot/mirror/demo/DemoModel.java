package io.modeldepot.mirror.demo;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import java.util.List;
import java.util.Optional;

/**
 * A model of the demonstration hub.
 *
 * @param name in the catalog
 * @param family in the catalog
 * @param repository its name at the hub
 * @param licence as its front matter states it
 * @param licenceName the author's own name for it, where the licence is {@code other}
 * @param architecture which tensors it has
 * @param width how wide they are
 * @param element what they are made of
 * @param shards over how many files they go
 * @param duplicate whether the weights are also there as a PyTorch archive
 * @param tokenizerClass for the tokenizer's configuration
 * @param revisions oldest first; the last is current
 */
record DemoModel(
    ModelName name,
    FamilyName family,
    RepositoryId repository,
    String licence,
    Optional<String> licenceName,
    Architecture architecture,
    Width width,
    Element element,
    int shards,
    Duplicate duplicate,
    String tokenizerClass,
    List<DemoRevision> revisions) {

  /** Whether a repository holds its weights a second time. */
  enum Duplicate {
    NONE,
    PYTORCH
  }

  DemoModel {
    revisions = List.copyOf(revisions);
  }

  DemoModel with(Duplicate duplicates) {
    return new DemoModel(
        name,
        family,
        repository,
        licence,
        licenceName,
        architecture,
        width,
        element,
        shards,
        duplicates,
        tokenizerClass,
        revisions);
  }

  DemoRevision current() {
    return revisions.getLast();
  }

  /** The licence under the name that tells most. */
  String licenceToShow() {
    return licenceName.orElse(licence);
  }
}
