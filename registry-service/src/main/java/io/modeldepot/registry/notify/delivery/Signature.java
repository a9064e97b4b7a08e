package io.modeldepot.registry.notify.delivery;

import io.modeldepot.registry.notify.receiver.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request as the Standard Webhooks have it: {@code v1,} and Base64 of
 * HMAC-SHA256 over {@code id.seconds.body}; one for each key, with spaces between them.
 */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /** The value of {@code webhook-signature}. */
  static String of(String id, Instant at, byte[] body, List<SigningKey> keys) {
    return keys.stream().map(key -> one(id, at, body, key)).collect(Collectors.joining(" "));
  }

  private static String one(String id, Instant at, byte[] body, SigningKey key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
      mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
    }
  }
}
