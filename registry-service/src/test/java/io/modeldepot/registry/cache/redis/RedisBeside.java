package io.modeldepot.registry.cache.redis;

import io.modeldepot.testkit.redis.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives a registry a Redis; a field of type {@link RedisServer} in the test gets it. */
public class RedisBeside implements QuarkusTestResourceLifecycleManager {
  static final String PASSWORD = "pa55-of-this-test";

  private @Nullable RedisServer server;

  @Override
  public Map<String, String> start() {
    server = RedisServer.start(PASSWORD);
    return Map.of("depot.redis.url", server.url(), "depot.redis.password", PASSWORD);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Objects.requireNonNull(server), new TestInjector.MatchesType(RedisServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
