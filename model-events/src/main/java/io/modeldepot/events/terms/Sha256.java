package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of some content, lower-case hexadecimal.
 *
 * @param value matches {@code [0-9a-f]{64}}, for example {@code
 *     e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855}
 */
public record Sha256(@JsonValue String value) implements Comparable<Sha256> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN = "[0-9a-f]{64}";

  private static final int DIGITS = 64;

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public Sha256 {
    Forms.requireHex(DIGITS, value, "SHA-256");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static Sha256 of(String value) {
    return new Sha256(value);
  }

  /** That of these bytes. */
  public static Sha256 ofBytes(byte[] content) {
    try {
      return of(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** That of a text in UTF-8. */
  public static Sha256 ofText(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text has the form of one. */
  public static boolean isOne(String value) {
    return Forms.isHex(DIGITS, value);
  }

  @Override
  public int compareTo(Sha256 other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
