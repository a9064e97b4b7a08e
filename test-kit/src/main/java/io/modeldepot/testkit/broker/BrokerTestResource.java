package io.modeldepot.testkit.broker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a real broker: sets {@code kafka.bootstrap.servers}. All tests of a
 * JVM share one unless the argument {@code own} is {@code true}; fields of type {@link TestBroker}
 * in the test get it.
 */
public class BrokerTestResource implements QuarkusTestResourceLifecycleManager {
  private boolean own;
  private @Nullable TestBroker broker;

  @Override
  public void init(Map<String, String> arguments) {
    own = Boolean.parseBoolean(arguments.get("own"));
  }

  @Override
  public Map<String, String> start() {
    broker = own ? TestBroker.own() : TestBroker.shared();
    return Map.of(
        "kafka.bootstrap.servers",
        broker.bootstrapServers(),
        "quarkus.devservices.enabled",
        "false");
  }

  @Override
  public void stop() {
    if (own && broker != null) {
      broker.stop();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Objects.requireNonNull(broker), new TestInjector.MatchesType(TestBroker.class));
  }
}
