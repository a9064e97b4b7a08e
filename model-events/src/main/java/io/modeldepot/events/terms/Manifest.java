package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a version is: every file with its digests, and where it came from.
 *
 * @param format 1
 * @param model model
 * @param family family
 * @param commit commit
 * @param source source
 * @param selection selection
 * @param files at most 20,000
 * @param profile profile
 * @param scan what loading its files would run, where that was looked for
 * @param upstreamSignature what the publisher's own signature said when the version came in, where
 *     that was looked at
 * @param createdAt createdAt
 */
public record Manifest(
    @JsonProperty(required = true) int format,
    ModelName model,
    FamilyName family,
    CommitId commit,
    Source source,
    Optional<Selection> selection,
    List<ManifestFile> files,
    Optional<ModelProfile> profile,
    Optional<Scan> scan,
    Optional<UpstreamSignature> upstreamSignature,
    Instant createdAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Manifest {
    Components.required(model, "model");
    Components.required(family, "family");
    Components.required(commit, "commit");
    Components.required(source, "source");
    selection = Components.optional(selection);
    files = Components.list(files);
    profile = Components.optional(profile);
    scan = Components.optional(scan);
    upstreamSignature = Components.optional(upstreamSignature);
    Components.required(createdAt, "createdAt");
  }

  /** A version whose files nobody looked into. */
  public Manifest(
      int format,
      ModelName model,
      FamilyName family,
      CommitId commit,
      Source source,
      Optional<Selection> selection,
      List<ManifestFile> files,
      Optional<ModelProfile> profile,
      Instant createdAt) {
    this(
        format,
        model,
        family,
        commit,
        source,
        selection,
        files,
        profile,
        Optional.empty(),
        Optional.empty(),
        createdAt);
  }

  /** The same version with what loading its files would run. */
  public Manifest withScan(Scan found) {
    return new Manifest(
        format,
        model,
        family,
        commit,
        source,
        selection,
        files,
        profile,
        Optional.of(found),
        upstreamSignature,
        createdAt);
  }

  /** The same version with what its publisher's signature says. */
  public Manifest withUpstreamSignature(UpstreamSignature found) {
    return new Manifest(
        format,
        model,
        family,
        commit,
        source,
        selection,
        files,
        profile,
        scan,
        Optional.of(found),
        createdAt);
  }

  /** The files that this selection has, in the order of {@link #files}. */
  public List<ManifestFile> presentFiles() {
    return files.stream().filter(ManifestFile::present).toList();
  }

  /** The format this code writes. */
  public static final int FORMAT = 1;

  /** The most files a manifest may name. */
  public static final int MAX_FILES = 20_000;
}
