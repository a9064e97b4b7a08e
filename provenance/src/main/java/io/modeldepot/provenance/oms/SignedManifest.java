package io.modeldepot.provenance.oms;

import io.modeldepot.events.state.Signature;
import io.modeldepot.events.state.SignatureStatus;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.terms.UpstreamSignatureStatus;
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
      case SignatureCheck.NotChecked ignored ->
          new Signature(SignatureStatus.UNTRUSTED, Optional.empty());
      case SignatureCheck.Invalid ignored ->
          new Signature(SignatureStatus.INVALID, Optional.empty());
    };
  }

  /** What a publisher's signature says, in the words of events. */
  public static UpstreamSignature upstream(SignatureCheck check) {
    return switch (check) {
      case SignatureCheck.Valid(String signer) ->
          said(UpstreamSignatureStatus.VALID, Optional.of(signer), Optional.empty(), "");
      case SignatureCheck.Untrusted(String signer, String why) ->
          said(UpstreamSignatureStatus.UNTRUSTED, Optional.of(signer), Optional.empty(), why);
      case SignatureCheck.NotChecked(String method, String why) ->
          said(UpstreamSignatureStatus.NOT_CHECKED, Optional.empty(), Optional.of(method), why);
      case SignatureCheck.Invalid(String why) ->
          said(UpstreamSignatureStatus.INVALID, Optional.empty(), Optional.empty(), why);
    };
  }

  private static UpstreamSignature said(
      UpstreamSignatureStatus status,
      Optional<String> signer,
      Optional<String> method,
      String why) {
    return new UpstreamSignature(
        status, signer, method, Optional.of(why).filter(it -> !it.isEmpty()));
  }

  private static Map<String, Sha256> digests(Manifest manifest) {
    Map<String, Sha256> digests = new TreeMap<>();
    for (ManifestFile file : manifest.presentFiles()) {
      digests.put(file.path(), file.sha256().orElseThrow());
    }
    return digests;
  }
}
