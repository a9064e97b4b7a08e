package io.modeldepot.registry.door;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether an answer goes out compressed; source: RFC 9110, 12.5.3. */
final class Compression {
  static final String GZIP = "gzip";

  /** What fits into one packet of a network arrives no sooner if it is smaller. */
  private static final int ONE_PACKET = 1400;

  private Compression() {}

  static boolean isWorthwhile(byte[] body) {
    return body.length > ONE_PACKET;
  }

  /** Whether the caller said that gzip may come. */
  static boolean takesGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    boolean any = false;
    for (String part : acceptEncoding.toLowerCase(Locale.ROOT).split(",", 0)) {
      String[] pieces = part.split(";", 2);
      String coding = pieces[0].strip();
      boolean refused = pieces.length > 1 && isZero(pieces[1]);
      if (coding.equals(GZIP) || coding.equals("x-" + GZIP)) {
        return !refused;
      }
      any |= coding.equals("*") && !refused;
    }
    return any;
  }

  /** {@code q=0}, {@code q=0.000}. */
  private static boolean isZero(String weight) {
    return weight.strip().matches("q\\s*=\\s*0(\\.0*)?");
  }
}
