package io.modeldepot.backup.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.Source;
import java.util.Optional;

/**
 * A version that a bundle brings. Family, source and scan are those of its manifest, so that who
 * looks at the index sees the licence and where it came from; an import goes by the manifest.
 *
 * @param model name in the catalog
 * @param commit the version
 * @param family of the model
 * @param current whether it was the model's current version where the bundle was made
 * @param source where it came from, with its licence
 * @param scan what loading its files would run, as it was judged there
 * @param sizeBytes of all its files, those that the far side has included
 * @param fileCount of its files
 * @param manifest the manifest in canonical form, one of the bundle's contents
 * @param signature the version's signature file, one of the bundle's contents
 */
public record BundledVersion(
    ModelName model,
    CommitId commit,
    FamilyName family,
    @JsonProperty(required = true) boolean current,
    Source source,
    Optional<Scan> scan,
    @JsonProperty(required = true) long sizeBytes,
    @JsonProperty(required = true) int fileCount,
    BundledContent manifest,
    Optional<BundledContent> signature) {

  /**
   * @throws IllegalArgumentException if something is missing
   */
  public BundledVersion {
    if (model == null
        || commit == null
        || family == null
        || source == null
        || manifest == null
        || sizeBytes < 0
        || fileCount < 0) {
      throw new IllegalArgumentException("A version has a model, commit, family and manifest.");
    }
    scan = scan == null ? Optional.empty() : scan;
    signature = signature == null ? Optional.empty() : signature;
  }

  /** As people write it: model and the beginning of the commit. */
  public String shown() {
    return model + "@" + commit.value().substring(0, 7);
  }
}
