package io.modeldepot.downloader.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
   * The token of {@code HF_TOKEN}, else the content of the file that {@code HF_TOKEN_PATH} names,
   * else none.
   *
   * @throws IllegalArgumentException if the file is named but cannot be read, or holds no token
   */
  public static Optional<HubToken> fromEnvironment(Map<String, String> environment) {
    String direct = environment.getOrDefault("HF_TOKEN", "");
    if (!direct.isBlank()) {
      return Optional.of(of(direct));
    }
    String path = environment.getOrDefault("HF_TOKEN_PATH", "");
    if (path.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(Files.readString(Path.of(path))));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "HF_TOKEN_PATH names a file that cannot be read: " + path, e);
    }
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
