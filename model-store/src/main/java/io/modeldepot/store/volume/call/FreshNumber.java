package io.modeldepot.store.volume.call;

import java.security.SecureRandom;

/** The one source of random names on a volume. */
final class FreshNumber {
  private static final SecureRandom RANDOM = new SecureRandom();

  private FreshNumber() {}

  static int next() {
    return RANDOM.nextInt();
  }
}
