package io.modeldepot.backup.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM: 12 random bytes of nonce, the ciphertext, 16 bytes of tag; the purpose is
 * authenticated with it. With random nonces one key is good for 2³² seals (NIST SP 800-38D, 8.3),
 * which at 16 MiB a block are 64 PiB.
 */
final class AesGcmSeal implements Seal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final SecretKey content;
  private final SecretKey ids;
  private final SecureRandom random = new SecureRandom();

  AesGcmSeal(byte[] contentKey, byte[] idKey) {
    this.content = new SecretKeySpec(contentKey, "AES");
    this.ids = new SecretKeySpec(idKey, "HmacSHA256");
  }

  @Override
  public byte[] seal(byte[] plain, int from, int length, String purpose) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + length + TAG_BYTES);
      cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(plain, from, length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java has AES-GCM", e);
    }
  }

  @Override
  public byte[] open(byte[] sealed, int from, int length, String purpose) throws BrokenSeal {
    if (length < overhead()) {
      throw new BrokenSeal(purpose);
    }
    byte[] nonce = Arrays.copyOfRange(sealed, from, from + NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, purpose)
          .doFinal(sealed, from + NONCE_BYTES, length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new BrokenSeal(purpose);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, content, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public int overhead() {
    return NONCE_BYTES + TAG_BYTES;
  }

  @Override
  public BlockId id(byte[] raw, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(ids);
      mac.update(raw, 0, length);
      return BlockId.of(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java has HMAC-SHA-256", e);
    }
  }
}
