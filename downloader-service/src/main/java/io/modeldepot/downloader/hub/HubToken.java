package io.modeldepot.downloader.hub;

import java.util.Objects;
import java.util.Optional;

/** A hub's access token. It never shows itself in text. */
public final class HubToken {
  private final String secret;

  private HubToken(String secret) {
    this.secret = secret;
  }

  /**
   * @throws IllegalArgumentException if the token holds anything but visible ASCII; the message
   *     does not repeat it
   */
  public static HubToken of(String secret) {
    String stripped = secret.strip();
    if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException("A hub token is one word of visible ASCII characters");
    }
    return new HubToken(stripped);
  }

  /**
   * The token that a variable or a file holds; none if it is blank.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  static Optional<HubToken> parse(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(of(text));
  }

  String secret() {
    return secret;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HubToken token && token.secret.equals(secret);
  }

  @Override
  public int hashCode() {
    return Objects.hash(secret);
  }

  @Override
  public String toString() {
    return "HubToken[…]";
  }
}
