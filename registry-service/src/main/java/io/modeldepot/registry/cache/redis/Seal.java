package io.modeldepot.registry.cache.redis;

import io.modeldepot.registry.door.Rendered;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Packs answers for a place that others can write to. A packed answer is {@code MD1}, then the
 * HMAC-SHA-256 of its key and all that follows, then ETag and link, then the body; so one that was
 * changed, cut, or put under another key is none. Safe for threads.
 */
final class Seal {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] FORMAT = "MD1".getBytes(StandardCharsets.US_ASCII);
  private static final int MAC_BYTES = 32;

  private final SecretKeySpec secret;

  Seal(String secret) {
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  byte[] pack(String key, Rendered answer) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(content)) {
      out.writeUTF(answer.etag());
      out.writeUTF(answer.link().orElse(""));
      out.write(answer.body());
      packed.write(FORMAT);
      packed.write(mac(key, content.toByteArray()));
      packed.write(content.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Empty where it is none of ours. */
  Optional<Rendered> unpack(String key, byte[] packed) {
    int head = FORMAT.length + MAC_BYTES;
    if (packed.length < head || !Arrays.equals(Arrays.copyOf(packed, FORMAT.length), FORMAT)) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(packed, head, packed.length);
    byte[] mac = Arrays.copyOfRange(packed, FORMAT.length, head);
    if (!MessageDigest.isEqual(mac, mac(key, content))) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      String etag = in.readUTF();
      String link = in.readUTF();
      return Optional.of(
          new Rendered(in.readAllBytes(), etag, Optional.of(link).filter(it -> !it.isEmpty())));
    } catch (IOException e) {
      throw new UncheckedIOException("What we sealed cannot be read.", e);
    }
  }

  private byte[] mac(String key, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(key.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(content);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
