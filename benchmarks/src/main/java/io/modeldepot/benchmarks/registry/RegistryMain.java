package io.modeldepot.benchmarks.registry;

import io.modeldepot.benchmarks.rig.Engines;
import io.modeldepot.benchmarks.rig.RegistryProcess;
import io.modeldepot.benchmarks.rig.Tool;
import io.modeldepot.benchmarks.rig.Usage;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code make bench-registry}: requests per second, pages of lists, and the live events. */
public final class RegistryMain {
  private static final String EMPTY = "/q/health/live";
  private static final String MODEL = "/api/v1/models/bench-7";
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP_SECONDS = 10;
  private static final int PAGE = 20;
  private static final int FOLLOWERS = 1000;
  private static final String FLAGS = "flags=";

  private final Path root;
  private final Path work;
  private final Engines engines;
  private final int models;
  private final int runs;
  private final int seconds;
  private final int changes;
  private final List<String> flags;

  private RegistryMain(Path root, Path work, Engines engines, String[] args) {
    this.root = root;
    this.work = work;
    this.engines = engines;
    this.models = number(args, "models", 2000);
    this.runs = number(args, "runs", 5);
    this.seconds = number(args, "seconds", 5);
    this.changes = number(args, "changes", 5);
    this.flags =
        Stream.of(args)
            .filter(arg -> arg.startsWith(FLAGS))
            .flatMap(arg -> Stream.of(arg.substring(FLAGS.length()).split(",")))
            .toList();
  }

  /**
   * @param args {@code models=N}, 2000; {@code versions=N} of each, 50; {@code runs=N}, 5; {@code
   *     seconds=N} of each load, 5; {@code changes=N} a second while pages and events are measured,
   *     5; {@code flags=A,B} are for the registry's JVM beside its own, as {@code
   *     -XX:TieredStopAtLevel=4}; {@code off}, {@code memory}, {@code redis}, {@code events} choose
   */
  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    Path root = Path.of(System.getProperty("depot.root", ".")).toAbsolutePath().normalize();
    Path work =
        Files.createTempDirectory(
            Files.createDirectories(root.resolve("benchmarks/target")), "registry-");
    try (Engines engines = Engines.start(root, work)) {
      new RegistryMain(root, work, engines, args).run(args);
    } finally {
      DirectoryTree.remove(new LinuxCalls(), work);
    }
  }

  private void run(String[] args) throws IOException, InterruptedException, SQLException {
    int versions = number(args, "versions", 50);
    say(
        "# The registry under load, %s, %d processors, Java %s%n%nPostgreSQL holds %d versions of %d models. A load of %d connections comes from a process of its own.",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        models * versions,
        models,
        CONNECTIONS);
    try (RegistryProcess first = start(Map.of())) {
      Filling.fill(engines, models, versions);
    }
    if (wanted(args, "off")) {
      requests("no cache", Map.of("DEPOT_CACHE_ENABLED", "false"));
    }
    if (wanted(args, "memory")) {
      requests("in memory", Map.of());
    }
    boolean redisIsHere = Tool.has("redis-server");
    if (wanted(args, "redis") && redisIsHere) {
      try (Redis redis = Redis.start(work)) {
        requests("in memory and Redis", Map.of("DEPOT_REDIS_URL", redis.url()));
      }
    }
    if (wanted(args, "cold")) {
      cold(redisIsHere);
    }
    if (wanted(args, "events")) {
      events();
    }
  }

  /** One model beside the empty answer, in turns; then pages at half that rate. */
  private void requests(String name, Map<String, String> settings)
      throws IOException, InterruptedException {
    say(
        "%n## %s%n%n| run | load | %s | GET /models/{name} | ratio | pages at half that rate | compressed, as browsers ask | the same with %d changes a second |%n|---|---|---|---|---|---|---|---|",
        name, EMPTY, changes);
    try (RegistryProcess registry = start(settings)) {
      Loads loads = new Loads(work, registry.port());
      double warm = loads.fastest(EMPTY, CONNECTIONS, WARM_UP_SECONDS);
      warm += loads.fastest(MODEL, CONNECTIONS, WARM_UP_SECONDS);
      for (Loads.Encoding encoding : Loads.Encoding.values()) {
        Loads.Outcome unused = loads.paced(pages(), CONNECTIONS, WARM_UP_SECONDS, 0, encoding);
      }
      List<Double> ratios = new ArrayList<>();
      for (int run = 1; run <= runs; run++) {
        String load = load();
        double empty = loads.fastest(EMPTY, CONNECTIONS, seconds);
        double model = loads.fastest(MODEL, CONNECTIONS, seconds);
        Loads.Outcome listed =
            loads.paced(pages(), CONNECTIONS, seconds, model / 2, Loads.Encoding.PLAIN);
        Loads.Outcome packed =
            loads.paced(pages(), CONNECTIONS, seconds, model / 2, Loads.Encoding.BROWSER);
        Thread changing =
            Thread.startVirtualThread(
                () -> Changes.publish(engines.kafka(), changes, seconds + WARM_UP_SECONDS / 2));
        Loads.Outcome meanwhile =
            loads.paced(pages(), CONNECTIONS, seconds, model / 2, Loads.Encoding.BROWSER);
        changing.join();
        ratios.add(model / empty);
        say(
            "| %d | %s | %.0f/s | %.0f/s | %.2f | %s | %s | %s |",
            run,
            load,
            empty,
            model,
            model / empty,
            pagesOf(listed, model / 2),
            pagesOf(packed, model / 2),
            pagesOf(meanwhile, model / 2));
      }
      say("%nMedian ratio %.2f, %.0f/s while code was compiled.", median(ratios), warm / 2);
    }
  }

  private static String pagesOf(Loads.Outcome asked, double wished) {
    return String.format(
        Locale.ROOT,
        "%.0f of %.0f/s%s, p50 %.1f ms, p99 %.1f ms, most %.1f ms",
        asked.rate(),
        wished,
        asked.failed() == 0 ? "" : ", " + asked.failed() + " failed",
        asked.p50(),
        asked.p99(),
        asked.max());
  }

  /** The first pages of some orders, as the console and the command ask for them. */
  private static List<String> pages() {
    return List.of(
        "/api/v1/models?limit=" + PAGE,
        "/api/v1/models?limit=" + PAGE + "&sort=size:desc",
        "/api/v1/models?limit=" + PAGE + "&q=model%201",
        "/api/v1/models/bench-7/versions?limit=" + PAGE,
        "/api/v1/models/bench-8/versions?limit=" + PAGE,
        "/api/v1/storage");
  }

  /** A registry that just began is asked once for every model, by one client. */
  private void cold(boolean redisIsHere) throws IOException, InterruptedException {
    List<String> all =
        IntStream.rangeClosed(1, models).mapToObj(n -> "/api/v1/models/bench-" + n).toList();
    say(
        "%n## Every model once, asked of a registry that just began%n%n| | time | processor time of the registry |%n|---|---|---|");
    once("no cache", Map.of("DEPOT_CACHE_ENABLED", "false"), all);
    once("in memory", Map.of(), all);
    if (redisIsHere) {
      try (Redis redis = Redis.start(work)) {
        Map<String, String> shared = Map.of("DEPOT_REDIS_URL", redis.url());
        once("Redis, empty", shared, all);
        once("Redis, filled by the one before", shared, all);
      }
    }
  }

  private void once(String name, Map<String, String> settings, List<String> all)
      throws IOException, InterruptedException {
    try (RegistryProcess registry = start(settings)) {
      Loads loads = new Loads(work, registry.port());
      // The code is warm, the answers are not: no address is asked for twice.
      List<String> others = all.stream().map(path -> path + "/versions?limit=1").toList();
      Loads.Outcome unused = loads.paced(others, 1, WARM_UP_SECONDS, 200, Loads.Encoding.PLAIN);
      Usage before = Usage.of(registry.pid());
      long begun = System.nanoTime();
      double rate = 1000;
      Loads.Outcome asked =
          loads.paced(all, 1, Math.max(1, (int) (all.size() / rate)), rate, Loads.Encoding.PLAIN);
      double took = (System.nanoTime() - begun) / 1e9;
      say(
          "| %s | %.1f s, p50 %.1f ms, p99 %.1f ms | %.1f s |",
          name,
          took,
          asked.p50(),
          asked.p99(),
          Usage.of(registry.pid()).since(before).cpuSeconds());
    }
  }

  private void events() throws IOException, InterruptedException {
    say(
        "%n## Live events to %d clients, %d changes a second%n%n| run | load | events that came, of all | p50 | p99 | most | processor time a delivery |%n|---|---|---|---|---|---|---|",
        FOLLOWERS, changes);
    try (RegistryProcess registry = start(Map.of())) {
      Loads loads = new Loads(work, registry.port());
      // The first producer of a JVM takes seconds to begin; whoever listens would hear half of it.
      int first = Changes.publish(engines.kafka(), 1, 1);
      for (int run = 1 - first; run <= runs; run++) {
        String load = load();
        Loads.Followers followers =
            loads.follow(
                "/api/v1/events?topic=download-progressed",
                FOLLOWERS,
                2 * seconds + WARM_UP_SECONDS + 5,
                Changes.MARK);
        int unused = Changes.warmUp(engines.kafka(), changes, WARM_UP_SECONDS / 2);
        Usage before = Usage.of(registry.pid());
        int published = Changes.publish(engines.kafka(), changes, 2 * seconds);
        Loads.Heard heard = followers.heard();
        double cpu = Usage.of(registry.pid()).since(before).cpuSeconds();
        say(
            "| %s | %s | %d of %d | %.0f ms | %.0f ms | %.0f ms | %.0f µs |",
            run == 0 ? "warm-up" : Integer.toString(run),
            load,
            heard.events(),
            (long) published * FOLLOWERS,
            heard.age().p50(),
            heard.age().p99(),
            heard.age().max(),
            cpu * 1e6 / heard.events());
      }
    }
  }

  private RegistryProcess start(Map<String, String> settings)
      throws IOException, InterruptedException {
    return RegistryProcess.start(root, work, engines, settings, flags);
  }

  private static boolean wanted(String[] args, String part) {
    List<String> parts = List.of("off", "memory", "redis", "cold", "events");
    return List.of(args).contains(part) || List.of(args).stream().noneMatch(parts::contains);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static String load() throws IOException {
    String all = Files.readString(Path.of("/proc/loadavg"));
    return all.substring(0, all.indexOf(' '));
  }

  private static int number(String[] args, String name, int otherwise) {
    for (String arg : args) {
      if (arg.startsWith(name + "=")) {
        return Integer.parseInt(arg.substring(name.length() + 1));
      }
    }
    return otherwise;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
