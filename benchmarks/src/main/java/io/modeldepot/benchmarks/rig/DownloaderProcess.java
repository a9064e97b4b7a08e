package io.modeldepot.benchmarks.rig;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The downloader of one more location, with the JVM's flags that {@code make up} gives it. */
public final class DownloaderProcess implements AutoCloseable {
  private final ServiceProcess process;

  private DownloaderProcess(ServiceProcess process) {
    this.process = process;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param root the checkout, built
   * @param work where its log is kept, and its volume if that is not there yet
   * @param location its name
   * @param volume what it writes to; set up if it is not there
   * @param kafka the broker
   * @param mirror where others find what it has
   * @param environment settings beside the defaults
   */
  public static DownloaderProcess start(
      Path root,
      Path work,
      LocationName location,
      Path volume,
      String kafka,
      Optional<URI> mirror,
      Map<String, String> environment)
      throws IOException, InterruptedException {
    if (!Files.exists(volume)) {
      ModelStore.setUp(Files.createDirectories(volume), location);
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
    all.put("MODELS_DIR", volume.toString());
    all.put("DEPOT_LOCATION", location.value());
    all.put("DEPOT_INSTANCE", "downloader-" + location);
    all.put("MALLOC_ARENA_MAX", "2");
    mirror.ifPresent(it -> all.put("DEPOT_ANNOUNCE_MIRROR_URLS", it.toString()));
    return new DownloaderProcess(
        ServiceProcess.start(
            root,
            "downloader-service",
            List.of("-Xmx144m"),
            all,
            work.resolve("downloader-" + location + ".log")));
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Stops it and waits. */
  @Override
  public void close() {
    process.close();
  }
}
