package io.modeldepot.registry.tokens;

import io.modeldepot.testkit.oidc.Issuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An organisation whose people sign in at its own page. */
public class OwnIssuer implements QuarkusTestResourceLifecycleManager {
  private @Nullable Issuer issuer;

  @Override
  public Map<String, String> start() {
    try {
      Issuer begun = new Issuer();
      issuer = begun;
      return Map.of(
          "depot.oidc.issuer", begun.url().toString(), "depot.oidc.client.id", "the-console");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector into) {
    into.injectIntoFields(issuer, new TestInjector.MatchesType(Issuer.class));
  }

  @Override
  public void stop() {
    if (issuer != null) {
      issuer.close();
    }
  }
}
