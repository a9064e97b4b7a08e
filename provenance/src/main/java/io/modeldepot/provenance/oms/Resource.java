package io.modeldepot.provenance.oms;

import java.util.Comparator;

/**
 * A file that a signature covers.
 *
 * @param name path in the model, with {@code /}
 * @param algorithm of the digest, such as {@code sha256}
 * @param digest lower-case hexadecimal
 */
public record Resource(String name, String algorithm, String digest) {
  /** By name, in order of code points (section 5.2.1); Java's own order is that of UTF-16. */
  static final Comparator<Resource> BY_NAME =
      (a, b) -> {
        int[] left = a.name.codePoints().toArray();
        int[] right = b.name.codePoints().toArray();
        return java.util.Arrays.compare(left, right);
      };
}
