package io.modeldepot.downloader.trust;

import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.state.SignatureStatus;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.provenance.oms.SignatureCheck;
import io.modeldepot.provenance.oms.SignedManifest;
import io.modeldepot.provenance.policy.Judgement;
import io.modeldepot.provenance.policy.Policy;
import io.modeldepot.store.claim.Claim;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Judges, signs and checks as the settings say; a key that is none ends the start. */
@Startup
@ApplicationScoped
public class Trust {
  private static final Logger LOG = Logger.getLogger(Trust.class);
  private static final int MOST_SHOWN = 5;

  private final Policy policy;
  private final KeyFiles keys;
  private final Publishers publishers;

  @Inject
  Trust(TrustSettings settings) {
    policy = new Policy(settings.pickles(), settings.remoteCode());
    keys = KeyFiles.of(settings);
    publishers = new Publishers(keys.publishers(), settings.upstreamSignatures());
    keys.signer().ifPresent(it -> LOG.infof("Versions are signed by key %s", it.fingerprint()));
  }

  /**
   * Looks into the files of a version. Looking again finds the same.
   *
   * @param files path in the repository, to where the file lies now
   * @throws IOException if one cannot be read
   */
  public Judgement judge(ModelName model, Map<String, Path> files) throws IOException {
    Judgement judgement = Judgement.of(files, policy);
    judgement.scan().findings().forEach(it -> LOG.warnf("%s: %s", model, it));
    return judgement;
  }

  /**
   * The same where nothing follows a refusal.
   *
   * @throws RefusedByPolicy if the policy refuses them
   */
  public Judgement admit(ModelName model, Map<String, Path> files) throws IOException {
    Judgement judgement = judge(model, files);
    if (judgement.refused()) {
      throw new RefusedByPolicy(refusal(model, judgement.scan()));
    }
    return judgement;
  }

  /** What publishers signed. */
  public Publishers publishers() {
    return publishers;
  }

  /** Why a version is refused, with the findings. */
  public static Problem refusal(ModelName model, Scan scan) {
    var shown = scan.findings().stream().limit(MOST_SHOWN).toList();
    int more = scan.findings().size() - shown.size();
    return Problem.of(
        ProblemCode.SCAN_REFUSED,
        "%s would run code when it is loaded, and this site refuses that: %s%s"
            .formatted(
                model, String.join(" ", shown), more > 0 ? " And %d more.".formatted(more) : ""),
        Map.of("findings", shown, "findingCount", scan.findings().size()));
  }

  /**
   * Signs a version that is on the volume, where a key is configured and no signature that counts
   * is there. Signing again leaves the signature as it is.
   *
   * @param claim the model's
   */
  public void sign(Shelf shelf, Claim claim, Manifest whole) throws IOException {
    if (keys.signer().isEmpty() || check(shelf, whole).status() == SignatureStatus.VALID) {
      return;
    }
    try {
      byte[] signature = SignedManifest.sign(whole, keys.signer().get());
      shelf.store().versionFiles().sign(claim, whole.model(), whole.commit(), signature);
    } catch (IllegalArgumentException e) {
      LOG.warnf("%s@%s is not signed: %s", whole.model(), whole.commit(), e.getMessage());
    }
  }

  /** What the signature beside a version says of the files that its manifest has. */
  public Signature check(Shelf shelf, Manifest manifest) throws IOException {
    Optional<byte[]> file = shelf.store().versions().signature(manifest.model(), manifest.commit());
    if (file.isEmpty()) {
      return new Signature(SignatureStatus.NONE, Optional.empty());
    }
    SignatureCheck found =
        SignedManifest.check(manifest, file.get(), Optional.empty(), keys.verifier());
    if (found instanceof SignatureCheck.Invalid wrong) {
      LOG.warnf(
          "The signature of %s@%s is wrong: %s", manifest.model(), manifest.commit(), wrong.why());
    }
    return SignedManifest.announced(found);
  }
}
