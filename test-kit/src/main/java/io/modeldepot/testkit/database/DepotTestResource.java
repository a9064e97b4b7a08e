package io.modeldepot.testkit.database;

import io.modeldepot.testkit.broker.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a real broker and a real PostgreSQL: sets {@code
 * kafka.bootstrap.servers} and the default datasource. All tests of a JVM share them; fields of
 * type {@link TestBroker} and {@link TestDatabase} in the test get them.
 */
public class DepotTestResource implements QuarkusTestResourceLifecycleManager {
  private final boolean own;
  private @Nullable TestBroker broker;
  private @Nullable TestDatabase database;

  /** The engines that all tests of this JVM share. */
  public DepotTestResource() {
    this(false);
  }

  private DepotTestResource(boolean own) {
    this.own = own;
  }

  /**
   * Engines of the test's own, which it may stop and kill; to be restricted to the annotated class.
   */
  public static final class Own extends DepotTestResource {
    /** Starts them for one test class. */
    public Own() {
      super(true);
    }

    /** After the shared ones, which Quarkus gives to every test of a module: the later win. */
    @Override
    public int order() {
      return 1;
    }
  }

  @Override
  public Map<String, String> start() {
    broker = own ? TestBroker.own() : TestBroker.shared();
    database = own ? TestDatabase.own() : TestDatabase.shared();
    Map<String, String> settings = new HashMap<>(database.login().asQuarkusSettings());
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.put("quarkus.devservices.enabled", "false");
    return settings;
  }

  @Override
  public void stop() {
    if (own && broker != null && database != null) {
      broker.stop();
      database.stop();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Objects.requireNonNull(broker), new TestInjector.MatchesType(TestBroker.class));
    injector.injectIntoFields(
        Objects.requireNonNull(database), new TestInjector.MatchesType(TestDatabase.class));
  }
}
