package io.modeldepot.kit.access;

import java.util.Optional;

/**
 * What this service carries when it calls another one.
 *
 * @param text the secret; empty where none is configured
 */
public record ServiceToken(Optional<String> text) {
  /** Without the secret. */
  @Override
  public String toString() {
    return text.isPresent() ? "a service token" : "no service token";
  }
}
