package io.modeldepot.hub.address;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Percent encoding as the Hub's own clients do it: in UTF-8, everything but the unreserved
 * characters of RFC 3986 (letters, digits, {@code - . _ ~}) becomes {@code %XX}.
 *
 * <p>Source: {@code quote(revision, safe="")} and {@code quote(filename)} in the Python client's
 * {@code hf_hub_url} and {@code hf_api}.
 */
public final class Encoding {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Encoding() {}

  /** One segment, slashes encoded: {@code refs/pr/1} becomes {@code refs%2Fpr%2F1}. */
  public static String segment(String text) {
    return encode(text, "");
  }

  /** A path with its slashes kept, every segment encoded. */
  public static String path(String path) {
    return encode(path, "/");
  }

  /**
   * The text that was encoded. A plus stays a plus: this is a path, not a form.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits or
   *     the bytes are not UTF-8
   */
  public static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    byte[] source = encoded.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(source.length);
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        bytes.put(source[i]);
        continue;
      }
      if (i + 2 >= source.length) {
        throw new IllegalArgumentException("A percent sign at the end encodes nothing.");
      }
      int high = Character.digit(source[i + 1], 16);
      int low = Character.digit(source[i + 2], 16);
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException("A percent sign is not followed by two digits.");
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes.flip())
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The encoded bytes are not UTF-8.", e);
    }
  }

  /**
   * The raw path of a request cut at its slashes before anything is decoded, so that an encoded
   * slash stays inside its segment.
   *
   * @param rawPath begins with a slash
   * @return the decoded segments; a path that ends with a slash has an empty last one
   * @throws IllegalArgumentException as {@link #decode} does
   */
  public static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    int from = rawPath.startsWith("/") ? 1 : 0;
    while (from <= rawPath.length()) {
      int slash = rawPath.indexOf('/', from);
      int to = slash < 0 ? rawPath.length() : slash;
      segments.add(decode(rawPath.substring(from, to)));
      from = to + 1;
    }
    return List.copyOf(segments);
  }

  private static String encode(String text, String alsoSafe) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (UNRESERVED.indexOf(c) >= 0 || alsoSafe.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
      }
    }
    return out.toString();
  }
}
