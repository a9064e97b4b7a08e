package io.modeldepot.janitor.house;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.broker.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts what the janitor lives among, and hands it to the tests. */
public class World implements QuarkusTestResourceLifecycleManager {
  private @Nullable TestBroker broker;

  @Override
  public Map<String, String> start() {
    try {
      broker = TestBroker.own();
      Path root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "volume-");
      var unused = ModelStore.setUp(root, LocationName.of("default"));
      Path backups = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "backups-");
      return Map.of(
          "depot.schedule.enabled", "false",
          "depot.scrub.look-every", "200ms",
          "depot.scrub.glance-every", "300ms",
          "kafka.bootstrap.servers", broker.bootstrapServers(),
          "depot.backup.targets.default.directory", backups.toString(),
          "depot.backup.restore-root", backups.resolveSibling("restored").toString(),
          "depot.models-dir", root.toString(),
          "depot.janitor.look-every", "100ms",
          "depot.janitor.retry-after", "500ms",
          "quarkus.log.category.\"io.modeldepot\".level", "DEBUG");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
