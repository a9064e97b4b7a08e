package io.modeldepot.kit.access;

import java.util.Optional;

/** Tokens that somebody else gives out, such as an organisation's own sign-in. */
@FunctionalInterface
public interface OtherTokens {
  /**
   * Whom a token makes of its bearer, or why nobody; must not block.
   *
   * @return empty if it is none of these tokens at all
   */
  Optional<Checked> check(String token);
}
