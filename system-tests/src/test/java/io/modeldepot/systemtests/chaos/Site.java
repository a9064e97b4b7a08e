package io.modeldepot.systemtests.chaos;

import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.TopicReader;
import io.modeldepot.testkit.broker.DividedBroker;
import io.modeldepot.testkit.database.TestDatabase;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.net.Passage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The depot that things are done to: every process, and every way between two of them. */
final class Site implements AutoCloseable {
  /** Whoever reaches the broker on a way of its own. */
  static final List<String> PARTIES =
      List.of("registry", "downloader", "janitor", "placement", "mirror");

  /** Waits that a production depot counts in minutes, in the seconds that a run has. */
  private static final Map<String, String> QUICK =
      Map.of(
          "DEPOT_JANITOR_RETRY_AFTER", "2s",
          "DEPOT_ANNOUNCE_STORAGE_EVERY", "2s",
          "DEPOT_PLACEMENT_REPORT_EVERY", "2s",
          "DEPOT_PREFLIGHT_CATALOG_PATIENCE", "2m");

  private static final List<String> INSTANCES =
      List.of("registry-1", "downloader-1", "downloader-2", "janitor-1", "placement-1", "mirror-1");

  private final Ground ground = new Ground();
  private final FakeHub hub = FakeHub.start();
  private final DividedBroker broker = DividedBroker.start(PARTIES);
  private final Passage toHub = new Passage(hub.url().getPort());
  private final Clocks clocks;
  private final Depot depot;
  private final Map<String, ServiceProcess> services;
  private @Nullable Passage toDatabase;

  Site(Path folder) throws IOException {
    this.clocks = new Clocks(folder);
    this.depot =
        Depot.startWhole(
            broker,
            this::throughPassage,
            URI.create("http://" + toHub.address()),
            ground.models(),
            environment());
    this.services =
        Stream.of(
                depot.registryProcess(),
                depot.downloader(0),
                depot.downloader(1),
                depot.janitor(0),
                depot.placement(0),
                depot.mirror(0))
            .collect(Collectors.toMap(ServiceProcess::name, Function.identity()));
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(QUICK);
    all.putAll(clocks.environment(INSTANCES));
    return all;
  }

  private TestDatabase.Login throughPassage(TestDatabase.Login login) {
    URI there = URI.create(login.jdbcUrl().substring("jdbc:".length()));
    Passage passage = new Passage(there.getPort());
    toDatabase = passage;
    return new TestDatabase.Login(
        login.jdbcUrl().replace(there.getAuthority(), passage.address()),
        login.username(),
        login.password());
  }

  Ground ground() {
    return ground;
  }

  FakeHub hub() {
    return hub;
  }

  DividedBroker broker() {
    return broker;
  }

  TestDatabase database() {
    return depot.database();
  }

  Passage toHub() {
    return toHub;
  }

  Passage toDatabase() {
    if (toDatabase == null) {
      throw new IllegalStateException("There is no way to the database yet.");
    }
    return toDatabase;
  }

  Clocks clocks() {
    return clocks;
  }

  /** Every process by the name of its instance. */
  Map<String, ServiceProcess> services() {
    return services;
  }

  ServiceProcess service(String name) {
    ServiceProcess service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException(name + " is not among " + services.keySet());
    }
    return service;
  }

  Path models() {
    return ground.models();
  }

  RegistryClient registry() {
    return depot.registry();
  }

  URI mirror() {
    return depot.mirror(0).url();
  }

  /** What is on the topics, past every way. */
  TopicReader topics() {
    return depot.topics("operator");
  }

  String logs() {
    return depot.logs();
  }

  @Override
  public void close() {
    depot.close();
    broker.close();
    toHub.close();
    if (toDatabase != null) {
      toDatabase.close();
    }
    hub.close();
    ground.close();
  }
}
