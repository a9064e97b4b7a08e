package io.modeldepot.kit.oidc;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What an operator has said of the issuer. */
record Said(URI from, String rolesClaim) implements OidcSettings {
  @Override
  public Optional<URI> issuer() {
    return Optional.of(from);
  }

  @Override
  public String audience() {
    return "model-depot";
  }

  @Override
  public String familiesClaim() {
    return "families";
  }

  @Override
  public List<String> viewers() {
    return List.of("depot-viewer");
  }

  @Override
  public List<String> operators() {
    return List.of("depot-operator");
  }

  @Override
  public List<String> admins() {
    return List.of("depot-admin");
  }
}
