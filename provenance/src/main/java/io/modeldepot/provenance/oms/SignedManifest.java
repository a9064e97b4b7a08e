package io.modeldepot.provenance.oms;

import io.modeldepot.events.state.Signature;
import io.modeldepot.events.state.SignatureStatus;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The digests that a version's manifest has already, as signatures need them: what is signed and
 * checked costs no second read of the bytes.
 */
public final class SignedManifest {
  private SignedManifest() {}

  /**
   * The signature file of a version, for all of its files that are present.
   *
   * @throws IllegalArgumentException if none is
   */
  public static byte[] sign(Manifest manifest, ModelSigner signer) {
    return signer.sign(Statement.over(manifest.model().value(), digests(manifest)));
  }

  /**
   * Whether a signature file vouches for a version.
   *
   * @param itself path of the signature file in the model, if it lies there: it cannot sign itself
   */
  public static SignatureCheck check(
      Manifest manifest, byte[] signature, Optional<String> itself, ModelVerifier verifier) {
    Map<String, Sha256> digests = digests(manifest);
    itself.ifPresent(digests::remove);
    Set<String> elsewhere = new HashSet<>();
    for (ManifestFile file : manifest.files()) {
      if (!file.present()) {
        elsewhere.add(file.path());
      }
    }
    return verifier.check(signature, digests, elsewhere);
  }

  /** The same in the words of events. */
  public static Signature announced(SignatureCheck check) {
    return switch (check) {
      case SignatureCheck.Valid(String signer) ->
          new Signature(SignatureStatus.VALID, Optional.of(signer));
      case SignatureCheck.Untrusted(String signer, String ignored) ->
          new Signature(SignatureStatus.UNTRUSTED, Optional.of(signer));
      case SignatureCheck.Invalid ignored ->
          new Signature(SignatureStatus.INVALID, Optional.empty());
    };
  }

  private static Map<String, Sha256> digests(Manifest manifest) {
    Map<String, Sha256> digests = new TreeMap<>();
    for (ManifestFile file : manifest.presentFiles()) {
      digests.put(file.path(), file.sha256().orElseThrow());
    }
    return digests;
  }
}
