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
      Path sealed = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "sealed-");
      return Map.ofEntries(
          Map.entry("depot.schedule.enabled", "false"),
          Map.entry("depot.scrub.look-every", "200ms"),
          Map.entry("depot.scrub.glance-every", "300ms"),
          Map.entry("kafka.bootstrap.servers", broker.bootstrapServers()),
          Map.entry("depot.backup.targets.default.directory", backups.toString()),
          Map.entry("depot.backup.restore-root", backups.resolveSibling("restored").toString()),
          Map.entry("depot.models-dir", root.toString()),
          Map.entry("depot.janitor.look-every", "100ms"),
          Map.entry("depot.janitor.retry-after", "500ms"),
          Map.entry("quarkus.log.category.\"io.modeldepot\".level", "DEBUG"),
          Map.entry("depot.backup.targets.gone.directory", backups + "-gone"),
          Map.entry("depot.backup.targets.sealed.directory", sealed.toString()),
          Map.entry("depot.backup.targets.sealed.key-file", sealed + ".key"));
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
