package io.modeldepot.kit.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Whose tokens are taken beside the depot's own. */
@ConfigMapping(prefix = "depot.oidc")
public interface OidcSettings {
  /**
   * The issuer, as its discovery document names itself; without one only the depot's own tokens are
   * taken.
   */
  Optional<URI> issuer();

  /** For whom a token must be meant. */
  @WithDefault("model-depot")
  String audience();

  /**
   * The claim with roles or groups; names within objects with dots, as in {@code
   * realm_access.roles}.
   */
  @WithDefault("roles")
  String rolesClaim();

  /**
   * The claim with the families that its bearer may change models of; a token without it may change
   * all.
   */
  @WithDefault("families")
  String familiesClaim();

  /** What in that claim makes a viewer. */
  @WithDefault("depot-viewer")
  List<String> viewers();

  /** What in that claim makes an operator. */
  @WithDefault("depot-operator")
  List<String> operators();

  /** What in that claim makes an admin. */
  @WithDefault("depot-admin")
  List<String> admins();
}
