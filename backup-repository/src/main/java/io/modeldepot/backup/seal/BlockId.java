package io.modeldepot.backup.seal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The id of a block: the SHA-256 of its bytes, or their HMAC-SHA-256 in a sealed repository.
 *
 * @param value 64 hexadecimal digits
 */
public record BlockId(@JsonValue String value) {
  /** Its length in bytes. */
  public static final int BYTES = 32;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /** Refuses another form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BlockId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A block id has 64 hexadecimal digits.");
    }
  }

  /** The id of these 32 bytes. */
  public static BlockId of(byte[] digest) {
    return new BlockId(HexFormat.of().formatHex(digest));
  }

  /** Its 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
