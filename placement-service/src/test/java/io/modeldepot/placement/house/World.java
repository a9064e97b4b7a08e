package io.modeldepot.placement.house;

import io.modeldepot.testkit.broker.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts a broker of its own. */
public class World implements QuarkusTestResourceLifecycleManager {
  private @Nullable TestBroker broker;

  @Override
  public Map<String, String> start() {
    broker = TestBroker.own();
    return Map.of(
        "kafka.bootstrap.servers", broker.bootstrapServers(),
        "depot.placement.search", "200ms",
        "depot.placement.quiet", "50ms");
  }

  @Override
  public void stop() {
    if (broker != null) {
      broker.stop();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Objects.requireNonNull(broker), new TestInjector.MatchesType(TestBroker.class));
  }
}
