package io.modeldepot.backup.bundle;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.oms.SignatureCheck;
import io.modeldepot.provenance.oms.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who vouches for an index: a signature in the form of OpenSSF Model Signing over a model of one
 * file, the index. As the index has the digests of all parts, that is a signature of everything.
 */
public final class Vouching {
  private Vouching() {}

  /** The signature file of an index. */
  public static byte[] sign(BundleIndex index, byte[] written, ModelSigner signer) {
    return signer.sign(
        Statement.over("bundle-" + index.id(), Map.of(BundleNames.INDEX, Sha256.ofBytes(written))));
  }

  /**
   * Checks one.
   *
   * @param written the bytes of the index, which nobody has looked at yet
   * @return the signer's fingerprint
   * @throws BadBundle if no key that is trusted signed exactly these bytes
   */
  public static String check(byte[] written, Optional<byte[]> signature, ModelVerifier trusted)
      throws BadBundle {
    if (signature.isEmpty()) {
      throw new BadBundle(
          BadBundle.Kind.UNTRUSTED,
          "It is not signed: " + BundleNames.SIGNATURE + " is not there.",
          "copy it again with  "
              + BundleNames.SIGNATURE
              + " ; if it was made unsigned, take it in with  --untrusted");
    }
    Map<String, Sha256> digests = Map.of(BundleNames.INDEX, Sha256.ofBytes(written));
    return switch (trusted.check(signature.get(), digests, Set.of())) {
      case SignatureCheck.Valid valid -> valid.signer();
      case SignatureCheck.Untrusted unknown ->
          throw new BadBundle(
              BadBundle.Kind.UNTRUSTED,
              "It is signed by key " + unknown.signer() + ". " + unknown.why(),
              "get the public key from where it was made, compare it with its owner, and name it:"
                  + "  --trust KEY.pub");
      case SignatureCheck.NotChecked other ->
          throw new BadBundle(
              BadBundle.Kind.UNTRUSTED,
              "Its signature is not checked: method " + other.method() + ". " + other.why(),
              "have it made again with a key on P-256, P-384 or P-521:  --sign-key KEY.pem");
      case SignatureCheck.Invalid wrong ->
          throw new BadBundle(
              BadBundle.Kind.DAMAGED,
              BundleNames.INDEX + " or " + BundleNames.SIGNATURE + " is wrong: " + wrong.why(),
              "copy both again from where it was made");
    };
  }

  /** The lines of {@link BundleNames#SUMS}. */
  public static byte[] sums(BundleIndex index, byte[] written) {
    StringBuilder lines = new StringBuilder(sumOf(written));
    for (BundlePart part : index.parts()) {
      lines.append(part.sha256()).append("  ").append(part.file()).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The same where nobody signed: that the index is what was written, whoever wrote it.
   *
   * @throws BadBundle if it is not
   */
  public static void checkSum(byte[] written, byte[] sums) throws BadBundle {
    if (!new String(sums, StandardCharsets.UTF_8).startsWith(sumOf(written))) {
      throw new BadBundle(
          BadBundle.Kind.DAMAGED,
          BundleNames.INDEX + " or " + BundleNames.SUMS + " is damaged: they do not fit.",
          "copy both again from where it was made");
    }
  }

  private static String sumOf(byte[] written) {
    return Sha256.ofBytes(written) + "  " + BundleNames.INDEX + "\n";
  }
}
