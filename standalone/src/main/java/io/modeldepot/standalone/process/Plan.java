package io.modeldepot.standalone.process;

import io.modeldepot.standalone.broker.BrokerMain;
import io.modeldepot.standalone.child.FreePort;
import io.modeldepot.standalone.database.Database;
import io.modeldepot.standalone.process.Jvm.Compiler;
import io.modeldepot.standalone.process.Jvm.Size;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every process of the depot, composed before any is started: ports are chosen once, so that each
 * can be told where the others will be.
 *
 * @param options what was asked for
 * @param ports the chosen ports
 */
record Plan(Options options, Ports ports) {
  /**
   * A port for everything.
   *
   * @param registry REST
   * @param downloader health
   * @param janitor health
   * @param placement asked by the registry
   * @param mirror the demo hub
   * @param kafka clients
   * @param postgresql wanted; the database may take another
   */
  record Ports(
      int registry,
      int downloader,
      int janitor,
      int placement,
      int mirror,
      int kafka,
      int postgresql) {}

  private static final int REGISTRY = 8080;
  private static final int DOWNLOADER = 8081;
  private static final int JANITOR = 8082;
  private static final int PLACEMENT = 8083;
  private static final int MIRROR = 8085;
  private static final int KAFKA = 9092;
  private static final int POSTGRESQL = 5433;

  static Plan of(Options options, Board board) throws IOException {
    int base = options.portBase();
    Set<Integer> given = new HashSet<>();
    return new Plan(
        options,
        new Ports(
            choose("registry", REGISTRY + base, given, board),
            choose("downloader", DOWNLOADER + base, given, board),
            choose("janitor", JANITOR + base, given, board),
            choose("placement", PLACEMENT + base, given, board),
            choose("demo hub", MIRROR + base, given, board),
            choose("Kafka", KAFKA + base, given, board),
            POSTGRESQL + base));
  }

  private static int choose(String name, int wanted, Set<Integer> given, Board board)
      throws IOException {
    int port = FreePort.near(wanted, given);
    given.add(port);
    if (port != wanted) {
      board.say("  ! port %d is taken; %s is at %d".formatted(wanted, name, port));
    }
    return port;
  }

  String registryUrl() {
    return "http://localhost:" + ports.registry();
  }

  String kafka() {
    return "127.0.0.1:" + ports.kafka();
  }

  /** Where the downloader finds models. */
  String hubEndpoint() {
    return switch (options.hub()) {
      case Hub.Demo demo -> "http://localhost:" + ports.mirror();
      case Hub.At at -> at.endpoint();
    };
  }

  Path log(String name) {
    return options.data().resolve("logs").resolve(name + ".log");
  }

  Path demoStore() {
    return options.data().resolve("demo-hub");
  }

  Program broker() throws IOException {
    List<String> command =
        new ArrayList<>(
            jvm().engine(BrokerMain.class.getName(), new Size(160, Compiler.FIRST_ONLY)));
    command.addAll(
        List.of(
            "--data",
            options.data().resolve("kafka").toString(),
            "--port",
            Integer.toString(ports.kafka()),
            "--exact",
            "--leash"));
    return new Program(
        "kafka",
        command,
        frugal(),
        Program.Secrets.NONE,
        Optional.empty(),
        kafka(),
        log("kafka"),
        toStop());
  }

  Program registry(Database database) throws StartFailed {
    Map<String, String> environment = service(ports.registry(), "registry-1");
    environment.put("DEPOT_PLACEMENT_URL", "http://127.0.0.1:" + ports.placement());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", Database.ROLE);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    return new Program(
        "registry",
        jvm().service("registry-service", new Size(192, Compiler.FIRST_ONLY)),
        environment,
        Program.Secrets.NONE,
        health(ports.registry()),
        registryUrl(),
        log("registry"),
        toStop());
  }

  Program downloader() throws StartFailed {
    Map<String, String> environment = service(ports.downloader(), "downloader-1");
    environment.put("HF_ENDPOINT", hubEndpoint());
    environment.put("MODELS_DIR", options.modelsDir().toString());
    return new Program(
        "downloader",
        jvm().service("downloader-service", new Size(144, Compiler.ALL)),
        environment,
        Program.Secrets.OF_THE_HUB,
        health(ports.downloader()),
        "from " + hubEndpoint(),
        log("downloader"),
        toStop());
  }

  /** It hashes what it reads again, and packs backups in memory: blocks of 16, packs of 64 MiB. */
  Program janitor() throws StartFailed {
    Map<String, String> environment = service(ports.janitor(), "janitor-1");
    environment.put("MODELS_DIR", options.modelsDir().toString());
    environment.put("DEPOT_REGISTRY_URL", "http://127.0.0.1:" + ports.registry());
    if (System.getenv("BACKUP_DIR") == null) {
      environment.put("BACKUP_DIR", backups().toString());
    }
    return new Program(
        "janitor",
        jvm().service("janitor-service", new Size(320, Compiler.ALL)),
        environment,
        Program.Secrets.NONE,
        health(ports.janitor()),
        "cleans " + options.modelsDir(),
        log("janitor"),
        toStop());
  }

  /** Where backups go while nobody named a better place, which is another disk. */
  private Path backups() throws StartFailed {
    Path backups = options.data().resolve("backups");
    try {
      return Files.createDirectories(backups);
    } catch (IOException e) {
      throw new StartFailed("The directory of the backups cannot be made: " + e.getMessage());
    }
  }

  Program placement() throws StartFailed {
    Map<String, String> environment = service(ports.placement(), "placement-1");
    environment.put("MODELS_DIR", options.modelsDir().toString());
    return new Program(
        "placement",
        jvm().service("placement-service", new Size(128, Compiler.ALL)),
        environment,
        Program.Secrets.NONE,
        health(ports.placement()),
        "behind the registry",
        log("placement"),
        toStop());
  }

  Program demoHub() throws StartFailed {
    Map<String, String> environment = service(ports.mirror(), "demo-hub-1");
    environment.put("MODELS_DIR", demoStore().toString());
    return new Program(
        "demo hub",
        jvm().service("mirror-service", new Size(96, Compiler.FIRST_ONLY)),
        environment,
        Program.Secrets.NONE,
        health(ports.mirror()),
        "http://localhost:" + ports.mirror(),
        log("demo-hub"),
        toStop());
  }

  /** Makes the models of the demo hub; ends by itself. */
  List<String> makeDemoStore() throws StartFailed {
    List<String> command =
        new ArrayList<>(
            jvm()
                .insideService(
                    "mirror-service",
                    "io.modeldepot.mirror.demo.DemoHubMain",
                    new Size(256, Compiler.ALL)));
    command.add(demoStore().toString());
    return command;
  }

  /** The operator's command with what it needs to find this depot. */
  List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    command.add(options.root().resolve("scripts/manage-ai-models.sh").toString());
    command.addAll(List.of(words));
    return command;
  }

  Map<String, String> commandEnvironment() {
    return Map.of(
        "DEPOT_URL", registryUrl(),
        "DEPOT_DATA", options.data().toString(),
        "DEPOT_LOCATION", options.location(),
        "MODELS_DIR", options.modelsDir().toString());
  }

  /** What other programs may know. */
  Map<String, String> where(Database database) {
    Map<String, String> where = new LinkedHashMap<>();
    where.put("registryUrl", registryUrl());
    where.put("kafka", kafka());
    where.put("jdbcUrl", database.jdbcUrl());
    where.put("jdbcUsername", Database.ROLE);
    where.put(
        "jdbcPasswordFile", options.data().resolve("postgresql").resolve("password").toString());
    where.put("modelsDir", options.modelsDir().toString());
    where.put("location", options.location());
    where.put("hubUrl", hubEndpoint());
    if (options.hub() instanceof Hub.Demo) {
      where.put("demoHubUrl", hubEndpoint());
    }
    where.put("logs", options.data().resolve("logs").toString());
    return where;
  }

  private Map<String, String> service(int port, String instance) {
    Map<String, String> environment = frugal();
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka());
    environment.put("DEPOT_LOCATION", options.location());
    environment.put("DEPOT_INSTANCE", instance);
    return environment;
  }

  private Jvm jvm() {
    return new Jvm(options.root(), options.train());
  }

  /** Writing down what was loaded takes its time, at the end of a program. */
  private Duration toStop() {
    return options.train() ? Duration.ofMinutes(5) : Duration.ofSeconds(15);
  }

  private static Map<String, String> frugal() {
    return new HashMap<>(Map.of("MALLOC_ARENA_MAX", "2"));
  }

  private static Optional<URI> health(int port) {
    return Optional.of(URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
  }
}
