package io.modeldepot.store.volume.call;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a path. The JDK keeps them but gives them out only in a URI; the text of a path has
 * lost those that are no characters in this process's locale.
 */
final class RawPath {
  private RawPath() {}

  /** The bytes, and the zero that ends a string of the C library. */
  static byte[] terminated(Path path) {
    String text = path.toString();
    if (isPlain(text)) {
      // Such a name has the same bytes in every encoding; asking for the URI would cost a call.
      return terminated(text);
    }
    String uri = path.toUri().getRawPath();
    // The URI of a directory ends with a slash, through which a link would be followed.
    int end = uri.length() > 1 && uri.endsWith("/") ? uri.length() - 1 : uri.length();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end + 1);
    int at = 0;
    while (at < end) {
      if (uri.charAt(at) == '%') {
        bytes.write(Integer.parseInt(uri, at + 1, at + 3, 16));
        at += 3;
      } else {
        bytes.write(uri.charAt(at));
        at++;
      }
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  /** The bytes of the last name of a path, and the zero. */
  static byte[] lastName(Path path) {
    String text = String.valueOf(path.getFileName());
    if (isPlain(text)) {
      return terminated(text);
    }
    byte[] whole = terminated(path);
    int begin = whole.length - 1;
    while (begin > 0 && whole[begin - 1] != '/') {
      begin--;
    }
    return Arrays.copyOfRange(whole, begin, whole.length);
  }

  private static byte[] terminated(String plain) {
    return Arrays.copyOf(plain.getBytes(StandardCharsets.US_ASCII), plain.length() + 1);
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
