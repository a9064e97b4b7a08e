package io.modeldepot.registry.door;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strong ETags: the digest of the representation, so equal tags mean equal bytes, on every instance
 * and after every restart.
 */
public final class Etags {
  private static final int HEX_DIGITS = 32;

  private Etags() {}

  /** The tag of what would be answered, with its quotes. */
  public static String of(Object representation) {
    return ofBytes(Wire.write(representation));
  }

  static String ofBytes(byte[] bytes) {
    return '"' + Sha256.ofBytes(bytes).value().substring(0, HEX_DIGITS) + '"';
  }

  /**
   * Refuses a change whose {@code If-Match} names another state than the current one.
   *
   * @throws ProblemException {@code precondition-failed}
   */
  public static void requireMatchIfGiven(HttpHeaders headers, String current) {
    String given = headers.getHeaderString(HttpHeaders.IF_MATCH);
    if (given != null && !matches(given, current, false)) {
      throw ProblemException.of(
          ProblemCode.PRECONDITION_FAILED,
          "It is no longer what your If-Match names.",
          Map.of("currentEtag", current, "ifMatch", given));
    }
  }

  /**
   * The same, but a change without {@code If-Match} is refused too.
   *
   * @throws ProblemException {@code precondition-required} or {@code precondition-failed}
   */
  public static void requireMatch(HttpHeaders headers, String current) {
    if (headers.getHeaderString(HttpHeaders.IF_MATCH) == null) {
      throw ProblemException.of(
          ProblemCode.PRECONDITION_REQUIRED,
          "Send the ETag of what you read in If-Match, or * to overwrite whatever is there.");
    }
    requireMatchIfGiven(headers, current);
  }

  /** Whether {@code If-None-Match} says that the caller has this already. */
  public static boolean known(@Nullable String ifNoneMatch, String current) {
    return ifNoneMatch != null && matches(ifNoneMatch, current, true);
  }

  private static boolean matches(String header, String current, boolean weak) {
    for (String one : header.split(",")) {
      String tag = one.strip();
      if (weak && tag.startsWith("W/")) {
        tag = tag.substring(2);
      }
      if (tag.equals("*") || tag.equals(current)) {
        return true;
      }
    }
    return false;
  }
}
