package io.modeldepot.registry.tokens;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * A registry that asks everybody for a token, also callers from this machine, and knows an
 * organisation's issuer. A proxy on this machine may call for others.
 */
public class AlwaysAsked implements QuarkusTestProfile {
  public static final String SERVICE_TOKEN = "only-for-tests-only-for-tests-only-for-tests";
  public static final int REQUESTS_A_SECOND = 20;
  public static final int UNKNOWN_A_SECOND = 30;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "depot.access.required",
        "always",
        "depot.access.token",
        SERVICE_TOKEN,
        "depot.limits.requests",
        Integer.toString(REQUESTS_A_SECOND),
        "depot.limits.unknown",
        Integer.toString(UNKNOWN_A_SECOND),
        "quarkus.http.proxy.proxy-address-forwarding",
        "true",
        "quarkus.http.proxy.trusted-proxies",
        "127.0.0.1");
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(OwnIssuer.class));
  }
}
