package io.modeldepot.backup.seal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * {@code keys/<id>.json}: the repository's key, wrapped by an operator's. A repository may have
 * several, so that the operator's key can be changed without writing anything else again.
 *
 * @param format 1
 * @param salt of the derivation of the wrapping key, base64
 * @param wrapped the repository's key, sealed, base64
 */
public record WrappedKey(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) String salt,
    @JsonProperty(required = true) String wrapped) {
  private static final int KEY_BYTES = 32;
  private static final String WRAPPING = "model-depot backup: key wrapping";
  private static final String PURPOSE = "repository-key";

  /** Refuses what is missing. */
  public WrappedKey {
    Components.required(salt, "salt");
    Components.required(wrapped, "wrapped");
  }

  /** A new random repository key, wrapped. */
  public static WrappedKey fresh(OperatorKey operator) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return wrap(key, operator);
  }

  private static WrappedKey wrap(byte[] key, OperatorKey operator) {
    byte[] salt = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] sealed = wrapping(operator, salt).seal(key, 0, key.length, PURPOSE);
    return new WrappedKey(1, base64.encodeToString(salt), base64.encodeToString(sealed));
  }

  /**
   * The same repository key under another operator's key.
   *
   * @throws WrongKey if {@code known} is not the one it is wrapped by
   */
  public WrappedKey rewrap(OperatorKey known, OperatorKey other) throws WrongKey {
    return wrap(unwrap(known), other);
  }

  /**
   * The seal of the repository.
   *
   * @throws WrongKey if this is another operator's key
   */
  public Seal open(OperatorKey operator) throws WrongKey {
    byte[] key = unwrap(operator);
    byte[] none = new byte[0];
    return new AesGcmSeal(
        derived(key, none, "model-depot backup: content"),
        derived(key, none, "model-depot backup: block ids"));
  }

  private byte[] unwrap(OperatorKey operator) throws WrongKey {
    Base64.Decoder base64 = Base64.getDecoder();
    try {
      byte[] sealed = base64.decode(wrapped);
      return wrapping(operator, base64.decode(salt)).open(sealed, 0, sealed.length, PURPOSE);
    } catch (BrokenSeal e) {
      throw new WrongKey("The key does not open this repository.");
    } catch (IllegalArgumentException e) {
      throw new WrongKey("The file of the repository's key is damaged: it is no base64.");
    }
  }

  private static AesGcmSeal wrapping(OperatorKey operator, byte[] salt) {
    byte[] key = derived(operator.bytes(), salt, WRAPPING);
    return new AesGcmSeal(key, key);
  }

  /** HKDF-SHA-256, RFC 5869. */
  private static byte[] derived(byte[] key, byte[] salt, String info) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(key)
                  .addSalt(salt)
                  .thenExpand(info.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java 25 has HKDF-SHA256", e);
    }
  }
}
