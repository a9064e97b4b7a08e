package io.modeldepot.registry.door;

import io.modeldepot.events.terms.RequestId;
import java.security.SecureRandom;
import java.util.UUID;

/** New ids. The one place that is random. */
public final class Ids {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LETTERS = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** The id of an event. */
  public static String event() {
    return UUID.randomUUID().toString();
  }

  /** The id of a request that came without one, {@code r-} and 80 random bits. */
  public static RequestId request() {
    return RequestId.of(letters("r-"));
  }

  /** The id of a notification, {@code n-} and 80 random bits. */
  public static String notification() {
    return letters("n-");
  }

  private static String letters(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < LETTERS; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
