package io.modeldepot.downloader.trust;

import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.terms.UpstreamSignatureStatus;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.oms.SignatureCheck;
import io.modeldepot.provenance.oms.SignedManifest;
import io.modeldepot.provenance.policy.SignatureRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What publishers signed: {@link UpstreamSignature#FILE} in a repository, checked with the keys
 * that are trusted for its owner. Safe for threads.
 */
public final class Publishers {
  private static final Logger LOG = Logger.getLogger(Publishers.class);

  private final PublisherKeys keys;
  private final SignatureRule rule;

  Publishers(PublisherKeys keys, SignatureRule rule) {
    this.keys = keys;
    this.rule = rule;
  }

  /** Whether only what a trusted key signed may be published. */
  public boolean required() {
    return rule == SignatureRule.REQUIRE;
  }

  /**
   * What is known before the first byte: a repository without a signature is refused where one is
   * required.
   *
   * @param paths every file of the repository
   */
  public Optional<Problem> refusal(ModelName model, Collection<String> paths) {
    return required() && !paths.contains(UpstreamSignature.FILE)
        ? Optional.of(refusal(model, UpstreamSignature.NONE))
        : Optional.empty();
  }

  /**
   * Checks the signature of a version that comes in, and says what is wrong with it.
   *
   * @param manifest of the whole version
   * @param where path in the repository, to where the file lies now
   */
  public UpstreamSignature look(Manifest manifest, Map<String, Path> where) throws IOException {
    Path file = where.get(UpstreamSignature.FILE);
    UpstreamSignature found =
        file == null ? UpstreamSignature.NONE : check(manifest, file, Files.size(file));
    if (rule != SignatureRule.ALLOW && found.why().isPresent()) {
      LOG.warnf(
          "The publisher's signature of %s@%s does not vouch for it: %s",
          manifest.model(), manifest.commit(), found.why().get());
    }
    return found;
  }

  /**
   * The same where a version must be signed to be published.
   *
   * @throws RefusedByPolicy if it must be and is not
   */
  public UpstreamSignature admit(Manifest manifest, Map<String, Path> where) throws IOException {
    UpstreamSignature found = look(manifest, where);
    if (required() && found.status() != UpstreamSignatureStatus.VALID) {
      throw new RefusedByPolicy(refusal(manifest.model(), found));
    }
    return found;
  }

  /**
   * Checks the signature of a version on the volume, with the keys that are trusted now. Where its
   * file cannot be read as it came in (archived, edited), what the manifest says of it stays.
   */
  public Optional<UpstreamSignature> onVolume(Shelf shelf, Manifest manifest) {
    Optional<ManifestFile> signature =
        manifest.presentFiles().stream()
            .filter(file -> file.path().equals(UpstreamSignature.FILE))
            .findFirst();
    if (signature.isEmpty()) {
      return Optional.of(UpstreamSignature.NONE);
    }
    Path tree = shelf.store().layout().tree(manifest.model(), manifest.commit());
    Path file = tree.resolve(UpstreamSignature.FILE);
    try {
      boolean asItCame =
          Files.size(file) == signature.get().sizeBytes()
              && (tooLong(Files.size(file))
                  || signature
                      .get()
                      .sha256()
                      .equals(Optional.of(Sha256.ofBytes(Files.readAllBytes(file)))));
      return asItCame
          ? Optional.of(check(manifest, file, signature.get().sizeBytes()))
          : manifest.upstreamSignature();
    } catch (IOException e) {
      return manifest.upstreamSignature();
    }
  }

  private UpstreamSignature check(Manifest manifest, Path file, long sizeBytes) throws IOException {
    if (tooLong(sizeBytes)) {
      return SignedManifest.upstream(
          new SignatureCheck.Invalid("The signature is longer than any that is read."));
    }
    return SignedManifest.upstream(
        SignedManifest.check(
            manifest,
            Files.readAllBytes(file),
            Optional.of(UpstreamSignature.FILE),
            keys.of(manifest.source().repository())));
  }

  private static boolean tooLong(long sizeBytes) {
    return sizeBytes > ModelVerifier.MAX_BYTES;
  }

  private static Problem refusal(ModelName model, UpstreamSignature found) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("status", found.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    found.signer().ifPresent(it -> facts.put("signer", it));
    found.method().ifPresent(it -> facts.put("method", it));
    return Problem.of(
        ProblemCode.SIGNATURE_REFUSED,
        "No publisher who is trusted here signed %s, and this site requires that: %s"
            .formatted(
                model,
                found.why().orElse("there is no %s in it.".formatted(UpstreamSignature.FILE))),
        facts);
  }
}
