package io.modeldepot.downloader.house;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.hub.FakeHub;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts what the downloader lives among, and hands it to the tests. */
public class World implements QuarkusTestResourceLifecycleManager {
  private @Nullable FakeHub hub;
  private @Nullable TestBroker broker;
  private @Nullable Path root;

  @Override
  public Map<String, String> start() {
    try {
      hub = FakeHub.start();
      broker = TestBroker.own();
      root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "volume-");
      Path imports = Files.createDirectories(root.resolveSibling(root.getFileName() + "-imports"));
      var unused = ModelStore.setUp(root, LocationName.of("default"));
      return Map.of(
          "kafka.bootstrap.servers", broker.bootstrapServers(),
          "depot.models-dir", root.toString(),
          "depot.hub.endpoints", hub.url().toString(),
          "depot.hub.stall-timeout", "2s",
          "depot.transfer.retry-base", "20ms",
          "depot.preflight.import-roots", imports.toString(),
          "depot.preflight.refused-licences", "do-not-use",
          "depot.preflight.catalog-patience", "2s",
          "depot.jobs.slots", "4");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (hub != null) {
      hub.close();
    }
    if (broker != null) {
      broker.stop();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Objects.requireNonNull(hub), new TestInjector.MatchesType(FakeHub.class));
    injector.injectIntoFields(
        Objects.requireNonNull(broker), new TestInjector.MatchesType(TestBroker.class));
  }
}
