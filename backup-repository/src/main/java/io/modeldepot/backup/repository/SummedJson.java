package io.modeldepot.backup.repository;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * JSON objects whose last member, {@code sha256}, is the digest of all bytes before the comma that
 * precedes it. A letter that changed in a name or a date leaves JSON that reads well; with the
 * digest nothing that changed is ever believed.
 */
public final class SummedJson {
  private static final String MEMBER = ",\"sha256\":\"";
  private static final String END = "\"}";
  private static final int DIGITS = 64;
  private static final int TAIL_BYTES = MEMBER.length() + DIGITS + END.length();

  private SummedJson() {}

  /** A record, which has at least one member and none of that name, with its digest. */
  public static byte[] write(Object payload) {
    byte[] json = Wire.write(payload);
    byte[] body = Arrays.copyOf(json, json.length - 1);
    byte[] tail = tail(body, body.length);
    byte[] whole = Arrays.copyOf(body, body.length + tail.length);
    System.arraycopy(tail, 0, whole, body.length, tail.length);
    return whole;
  }

  /**
   * The record that was written.
   *
   * @param object its name, to be told
   * @throws DamagedObject if it is not what was written
   */
  public static <T> T read(byte[] json, Class<T> type, String object) throws DamagedObject {
    requireWhole(json, object);
    try {
      return Wire.read(json, type);
    } catch (UnreadablePayload e) {
      throw new DamagedObject(object, "it cannot be read", e);
    }
  }

  /**
   * Compares the digest alone.
   *
   * @throws DamagedObject if it is not what was written
   */
  public static void requireWhole(byte[] json, String object) throws DamagedObject {
    int body = json.length - TAIL_BYTES;
    if (body < 1 || !Arrays.equals(tail(json, body), Arrays.copyOfRange(json, body, json.length))) {
      throw new DamagedObject(object, "it does not end with the digest of what is in it");
    }
  }

  private static byte[] tail(byte[] json, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(json, 0, length);
      return (MEMBER + HexFormat.of().formatHex(digest.digest()) + END)
          .getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
