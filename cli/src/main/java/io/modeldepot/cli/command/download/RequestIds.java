package io.modeldepot.cli.command.download;

import java.security.SecureRandom;

/**
 * Ids of requests made here. A repeated POST with the same id is one request, so a lost answer
 * costs nothing.
 */
public final class RequestIds {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private RequestIds() {}

  public static String fresh() {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder("cli-");
    for (int i = 0; i < 16; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
