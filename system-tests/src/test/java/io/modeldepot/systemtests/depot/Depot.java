package io.modeldepot.systemtests.depot;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.broker.DividedBroker;
import io.modeldepot.testkit.broker.SecuredBroker;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.TestDatabase;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A depot of one test class, with as many downloaders as it asks for. */
public final class Depot implements AutoCloseable {
  /** What a killed process held is taken over after seconds; everybody on a volume has the same. */
  private static final Map<String, String> CLAIMS =
      Map.of("DEPOT_CLAIM_BEAT", "500ms", "DEPOT_CLAIM_TAKEOVER", "3s");

  private final Path folder;
  private final Path models;
  private final BrokerDoor door;
  private final TestDatabase database = TestDatabase.own();
  private final ServiceProcess registry;
  private final List<ServiceProcess> downloaders = new ArrayList<>();
  private final List<ServiceProcess> placements = new ArrayList<>();
  private final List<ServiceProcess> janitors = new ArrayList<>();
  private final List<ServiceProcess> mirrors = new ArrayList<>();
  private final List<Location> locations = new ArrayList<>();
  private final URI hub;
  private final Map<String, String> downloaderSettings;
  private final Map<String, String> everywhere;

  private Depot(
      BrokerDoor door,
      URI hub,
      Path models,
      Map<String, String> downloaderSettings,
      Map<String, String> registrySettings,
      Map<String, String> everywhere) {
    this(
        door,
        UnaryOperator.identity(),
        hub,
        models,
        downloaderSettings,
        registrySettings,
        everywhere);
  }

  private Depot(
      BrokerDoor door,
      UnaryOperator<TestDatabase.Login> toDatabase,
      URI hub,
      Path models,
      Map<String, String> downloaderSettings,
      Map<String, String> registrySettings,
      Map<String, String> everywhere) {
    this.door = door;
    this.hub = hub;
    this.everywhere = Map.copyOf(everywhere);
    this.folder = Repository.newDataFolder("depot");
    this.models = models;
    Map<String, String> settings = new HashMap<>(CLAIMS);
    settings.putAll(downloaderSettings);
    settings.putAll(everywhere);
    this.downloaderSettings = Map.copyOf(settings);
    try {
      Files.createDirectories(models);
      ModelStore.setUp(models, LocationName.of("default"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TestDatabase.Login login = toDatabase.apply(database.login());
    ServiceProcess placement = addPlacement();
    Map<String, String> environment = new HashMap<>(registrySettings);
    environment.putAll(everywhere);
    environment.putAll(door.environment("registry"));
    environment.put("DEPOT_PLACEMENT_URL", placement.secureUrl().toString());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", login.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", login.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", login.password());
    this.registry =
        new ServiceProcess(
            "registry-1", "registry-service", List.of("-Xmx256m"), environment, folder);
  }

  /** A depot whose volume lies in a new folder. */
  public static Depot start(URI hub, int downloaders) {
    return start(hub, downloaders, Repository.newDataFolder("models"), Map.of());
  }

  /**
   * A depot on a given, empty folder.
   *
   * @param settings environment variables for every downloader
   */
  public static Depot start(URI hub, int downloaders, Path models, Map<String, String> settings) {
    return start(hub, downloaders, models, settings, Map.of());
  }

  /**
   * The same with settings for the registry too.
   *
   * @param registrySettings its environment variables
   */
  public static Depot start(
      URI hub,
      int downloaders,
      Path models,
      Map<String, String> settings,
      Map<String, String> registrySettings) {
    return new Depot(
            BrokerDoor.open(TestBroker.own()), hub, models, settings, registrySettings, Map.of())
        .started(downloaders);
  }

  /**
   * A depot whose services all have these environment variables, janitors and mirrors too.
   *
   * @param everywhere how they are looked at: what traces and logs
   */
  public static Depot start(URI hub, int downloaders, Map<String, String> everywhere) {
    return start(BrokerDoor.open(TestBroker.own()), hub, downloaders, everywhere);
  }

  /** The same at a broker where every service has a login of its own, by its name. */
  public static Depot start(
      SecuredBroker broker, URI hub, int downloaders, Map<String, String> everywhere) {
    return start(BrokerDoor.secured(broker), hub, downloaders, everywhere);
  }

  private static Depot start(
      BrokerDoor door, URI hub, int downloaders, Map<String, String> everywhere) {
    return new Depot(door, hub, Repository.newDataFolder("models"), Map.of(), Map.of(), everywhere)
        .started(downloaders);
  }

  /** A depot with one of each service but the mirror, all of them started at once. */
  public static Depot startWhole(URI hub) {
    return startWhole(hub, Map.of());
  }

  /**
   * The same with settings for the registry.
   *
   * @param registrySettings its environment variables
   */
  public static Depot startWhole(URI hub, Map<String, String> registrySettings) {
    Depot depot =
        new Depot(
            BrokerDoor.open(TestBroker.own()),
            hub,
            Repository.newDataFolder("models"),
            Map.of(),
            registrySettings,
            Map.of());
    ServiceProcess placement = depot.placement(0);
    ServiceProcess janitor = depot.addJanitor();
    placement.launch();
    janitor.launch();
    depot.started(1);
    placement.awaitReady();
    janitor.awaitReady();
    return depot;
  }

  /**
   * A depot with two downloaders and one of each other service, whose parties reach broker,
   * database and hub on ways that can be cut.
   *
   * @param toDatabase the way to the database: another address for the same login
   * @param everywhere environment variables of every service
   */
  public static Depot startWhole(
      DividedBroker broker,
      UnaryOperator<TestDatabase.Login> toDatabase,
      URI hub,
      Path models,
      Map<String, String> everywhere) {
    Depot depot =
        new Depot(
            BrokerDoor.divided(broker), toDatabase, hub, models, Map.of(), Map.of(), everywhere);
    List<ServiceProcess> others =
        List.of(depot.placement(0), depot.addJanitor(), depot.addMirror());
    others.forEach(ServiceProcess::launch);
    depot.started(2);
    others.forEach(ServiceProcess::awaitReady);
    return depot;
  }

  private Depot started(int count) {
    registry.launch();
    for (int i = 0; i < count; i++) {
      addDownloader().launch();
    }
    registry.awaitReady();
    downloaders.forEach(ServiceProcess::awaitReady);
    return this;
  }

  /** One more downloader, not started. */
  public ServiceProcess addDownloader() {
    String name = "downloader-" + (downloaders.size() + 1);
    Map<String, String> environment = new HashMap<>(downloaderSettings);
    environment.putAll(door.environment("downloader"));
    environment.put("MODELS_DIR", models.toString());
    environment.put("HF_ENDPOINT", hub.toString());
    ServiceProcess downloader =
        new ServiceProcess(name, "downloader-service", List.of("-Xmx192m"), environment, folder);
    downloaders.add(downloader);
    return downloader;
  }

  /** One more location: a volume of its own, its downloader and its mirror, not started. */
  public Location addLocation(String name) {
    Location location =
        new Location(name, broker().bootstrapServers(), hub, downloaderSettings, folder);
    locations.add(location);
    return location;
  }

  /** One more placement service, not started; the registry asks the first. */
  public ServiceProcess addPlacement() {
    ServiceProcess placement =
        new ServiceProcess(
            "placement-" + (placements.size() + 1),
            "placement-service",
            List.of("-Xmx160m"),
            with(
                "placement",
                Map.of("MODELS_DIR", models.toString(), "DEPOT_PLACEMENT_GRACE", "3s")),
            folder);
    placements.add(placement);
    return placement;
  }

  /** One more janitor, not started. */
  public ServiceProcess addJanitor() {
    Map<String, String> environment = new HashMap<>(everywhere);
    CLAIMS.keySet().forEach(name -> environment.put(name, downloaderSettings.get(name)));
    environment.putAll(door.environment("janitor"));
    environment.put("MODELS_DIR", models.toString());
    environment.put("BACKUP_DIR", backups().toString());
    environment.put("DEPOT_REGISTRY_URL", registry.secureUrl().toString());
    // The machine's own disk may be full, and it may be night.
    environment.put("DEPOT_SCHEDULE_ENABLED", "false");
    ServiceProcess janitor =
        new ServiceProcess(
            "janitor-" + (janitors.size() + 1),
            "janitor-service",
            List.of("-Xmx192m"),
            environment,
            folder);
    janitors.add(janitor);
    return janitor;
  }

  /** One more mirror of the volume, not started. */
  public ServiceProcess addMirror() {
    ServiceProcess mirror =
        new ServiceProcess(
            "mirror-" + (mirrors.size() + 1),
            "mirror-service",
            List.of("-Xmx96m"),
            with("mirror", Map.of("MODELS_DIR", models.toString())),
            folder);
    mirrors.add(mirror);
    return mirror;
  }

  private Map<String, String> with(String party, Map<String, String> own) {
    Map<String, String> all = new HashMap<>(everywhere);
    all.putAll(door.environment(party));
    all.putAll(own);
    return all;
  }

  /** Where the janitors keep backups; it is there, as a disk that is mounted is. */
  public Path backups() {
    try {
      return Files.createDirectories(folder.resolve("backups"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Placement services by number, from 0; the first is there, not started. */
  public ServiceProcess placement(int number) {
    return placements.get(number);
  }

  public TestBroker broker() {
    return door.broker();
  }

  public TestDatabase database() {
    return database;
  }

  /** The volume. */
  public Path models() {
    return models;
  }

  public ServiceProcess registryProcess() {
    return registry;
  }

  /** The registry's REST API. */
  public RegistryClient registry() {
    return new RegistryClient(registry.url());
  }

  /** Downloaders by number, from 0. */
  public ServiceProcess downloader(int number) {
    return downloaders.get(number);
  }

  /** Janitors by number, from 0. */
  public ServiceProcess janitor(int number) {
    return janitors.get(number);
  }

  /** Mirrors by number, from 0. */
  public ServiceProcess mirror(int number) {
    return mirrors.get(number);
  }

  /** What the volume says about its jobs. */
  public JobFiles jobs() {
    return new JobFiles(models);
  }

  /** Publishes events by hand. */
  public TopicWriter writer() {
    return writer("operator");
  }

  /** Publishes events by hand, as somebody who has a party's login. */
  public TopicWriter writer(String party) {
    return new TopicWriter(door.of(party));
  }

  /** Commands as an operator types them, with this depot's addresses. */
  public Shell shell() {
    return new Shell(
        models,
        Map.of(
            "MODELS_DIR", models.toString(),
            "DEPOT_URL", registry.url().toString(),
            "NO_COLOR", "1"));
  }

  /** What is on the topics. */
  public TopicReader topics() {
    return topics("operator");
  }

  /** What somebody sees on the topics who has a party's login. */
  public TopicReader topics(String party) {
    return new TopicReader(door.of(party));
  }

  /** Everything that any process has logged, for tests about what must not be in a log. */
  public String logs() {
    StringBuilder all = new StringBuilder(registry.log());
    downloaders.forEach(downloader -> all.append(downloader.log()));
    placements.forEach(placement -> all.append(placement.log()));
    janitors.forEach(janitor -> all.append(janitor.log()));
    mirrors.forEach(mirror -> all.append(mirror.log()));
    locations.forEach(location -> all.append(location.log()));
    return all.toString();
  }

  /** Ends everything at once: a story that asks how a service ends in order has seen it before. */
  @Override
  public void close() {
    downloaders.forEach(ServiceProcess::end);
    placements.forEach(ServiceProcess::end);
    janitors.forEach(ServiceProcess::end);
    mirrors.forEach(ServiceProcess::end);
    locations.forEach(Location::close);
    registry.end();
    broker().kill();
    database.kill();
  }
}
