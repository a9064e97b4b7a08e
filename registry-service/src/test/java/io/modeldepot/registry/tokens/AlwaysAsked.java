package io.modeldepot.registry.tokens;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * A registry that asks everybody for a token, also callers from this machine, and knows an
 * organisation's issuer.
 */
public class AlwaysAsked implements QuarkusTestProfile {
  public static final String SERVICE_TOKEN = "only-for-tests-only-for-tests-only-for-tests";
  public static final int REQUESTS_A_SECOND = 20;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "depot.access.required",
        "always",
        "depot.access.token",
        SERVICE_TOKEN,
        "depot.limits.requests",
        Integer.toString(REQUESTS_A_SECOND));
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(OwnIssuer.class));
  }
}
