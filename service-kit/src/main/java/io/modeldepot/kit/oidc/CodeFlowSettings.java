package io.modeldepot.kit.oidc;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The depot as the issuer knows it, for people who sign in at the issuer's own page. */
@ConfigMapping(prefix = "depot.oidc.client")
public interface CodeFlowSettings {
  /** The depot's name at the issuer; without one the console offers no sign-in there. */
  Optional<String> id();

  /** The file with what the depot proves its name by, if the issuer asks for that. */
  Optional<Path> secretFile();

  /** What the issuer is asked for beside {@code openid}. */
  Optional<List<String>> scopes();

  /**
   * Where the issuer sends people back to, as it is registered there: the console's own address and
   * {@code /api/v1/session/callback}. Where nothing is said, the address that the browser asked.
   */
  Optional<URI> callback();
}
