package io.modeldepot.registry.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How many requests a caller may make. The depot's own services, and whoever needs no token, as
 * from this machine itself, may make any number.
 */
@ConfigMapping(prefix = "depot.limits")
interface LimitSettings {
  /**
   * Requests a second of one token, or of one person of the organisation; ten times as many at
   * once. 0 is any number.
   */
  @WithDefault("100")
  int requests();

  /**
   * Requests a second from one address that lack a token that is good; ten times as many at once. 0
   * is any number, as behind a proxy that is not believed, which is one address for everybody.
   */
  @WithDefault("50")
  int unknown();
}
