package io.modeldepot.provenance.proof;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.UpstreamSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a version, for somebody who has no depot: where it came from, what it consists
 * of, and what was checked when. In JSON as all records of ours.
 *
 * @param format 1
 * @param model name in the catalog
 * @param commit of the repository
 * @param source where it came from, with its licence
 * @param files every file that was here
 * @param scan what its files would do when loaded, if they were scanned
 * @param signature what was known of its signature, if it was checked
 * @param signatureFile the signature file itself in base64, so that it can be checked again
 * @param upstreamSignature what the publisher's own signature said when the version came in, where
 *     that was looked at
 * @param verifiedAt when the bytes were last compared with their digests
 * @param backedUpAt when it was last backed up, if ever
 * @param madeAt when this report was made
 */
public record Proof(
    @JsonProperty(required = true) int format,
    ModelName model,
    CommitId commit,
    Source source,
    List<ProvenFile> files,
    Optional<Scan> scan,
    Optional<Signature> signature,
    Optional<String> signatureFile,
    Optional<UpstreamSignature> upstreamSignature,
    Instant verifiedAt,
    Optional<Instant> backedUpAt,
    Instant madeAt) {
  /** The format this code writes. */
  public static final int FORMAT = 1;

  /** Refuses what is missing; a report without files proves nothing. */
  public Proof {
    Components.required(model, "model");
    Components.required(commit, "commit");
    Components.required(source, "source");
    Components.required(verifiedAt, "verifiedAt");
    Components.required(madeAt, "madeAt");
    files = Components.list(files);
    scan = Components.optional(scan);
    signature = Components.optional(signature);
    signatureFile = Components.optional(signatureFile);
    upstreamSignature = Components.optional(upstreamSignature);
    backedUpAt = Components.optional(backedUpAt);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("A proof names at least one file.");
    }
  }

  /**
   * A file as it was.
   *
   * @param path in the model
   * @param sizeBytes its length
   * @param sha256 of its bytes
   */
  public record ProvenFile(
      String path, @JsonProperty(required = true) long sizeBytes, Sha256 sha256) {}
}
