package io.modeldepot.registry.tokens;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A registry that asks everybody for a token, also callers from this machine. */
public class AlwaysAsked implements QuarkusTestProfile {
  public static final String SERVICE_TOKEN = "only-for-tests-only-for-tests-only-for-tests";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("depot.access.required", "always", "depot.access.token", SERVICE_TOKEN);
  }
}
