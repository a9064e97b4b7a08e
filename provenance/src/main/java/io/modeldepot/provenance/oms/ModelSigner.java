package io.modeldepot.provenance.oms;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;

/** Signs models with one key. */
public final class ModelSigner {
  private final PrivateKey key;
  private final String algorithm;
  private final String fingerprint;

  /**
   * @param pair on P-256, P-384 or P-521
   * @throws IllegalArgumentException for any other key
   */
  public ModelSigner(KeyPair pair) {
    key = pair.getPrivate();
    algorithm = pair.getPublic() instanceof ECKey ec ? Keys.algorithm(ec) : "";
    if (algorithm.isEmpty()) {
      throw new IllegalArgumentException("Models are signed with P-256, P-384 or P-521 only.");
    }
    fingerprint = Keys.fingerprint(pair.getPublic());
  }

  /** What the signatures call the key. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The bytes of a signature file. Signing twice gives two different and equally good ones. */
  public byte[] sign(Statement statement) {
    byte[] payload = statement.payload();
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(Bundle.preAuthenticationEncoding(payload));
      return Bundle.byKey(fingerprint, payload, signature.sign()).bytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key cannot sign.", e);
    }
  }
}
