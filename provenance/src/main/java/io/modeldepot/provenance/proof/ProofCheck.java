package io.modeldepot.provenance.proof;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.oms.SignatureCheck;
import io.modeldepot.provenance.proof.Proof.ProvenFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a proof with no depot at hand: its files against digests that somebody computed, its
 * signature against keys that somebody trusts. Source, scan and times stay what the report says: no
 * key vouches for them.
 */
public final class ProofCheck {
  private ProofCheck() {}

  /**
   * What of the report does not hold for these files.
   *
   * @param here path to digest, of the files at hand
   * @return sentences; empty when all files are the proven ones
   */
  public static List<String> files(Proof proof, Map<String, Sha256> here) {
    List<String> problems = new ArrayList<>();
    Map<String, Sha256> left = new TreeMap<>(here);
    for (ProvenFile file : proof.files()) {
      Sha256 digest = left.remove(file.path());
      if (digest == null) {
        problems.add("%s is not here.".formatted(file.path()));
      } else if (!digest.equals(file.sha256())) {
        problems.add("%s is another file than the proven one.".formatted(file.path()));
      }
    }
    left.keySet().forEach(path -> problems.add("%s is not in the proof.".formatted(path)));
    return problems;
  }

  /** What the signature in the report says about the files in the report. */
  public static SignatureCheck signature(Proof proof, ModelVerifier verifier) {
    if (proof.signatureFile().isEmpty()) {
      return new SignatureCheck.Untrusted("nobody", "The report has no signature.");
    }
    Map<String, Sha256> digests = new TreeMap<>();
    proof.files().forEach(file -> digests.put(file.path(), file.sha256()));
    try {
      byte[] file = Base64.getDecoder().decode(proof.signatureFile().get());
      return verifier.check(file, digests, Set.of());
    } catch (IllegalArgumentException e) {
      return new SignatureCheck.Invalid("The signature in the report is not base64.");
    }
  }
}
