package io.modeldepot.systemtests.depot;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A location beside others: a volume, the downloader and the mirror on it, and a janitor. */
public final class Location implements AutoCloseable {
  private final String name;
  private final Path models;
  private final ServiceProcess downloader;
  private final ServiceProcess mirror;
  private final ServiceProcess janitor;

  Location(
      String name,
      String bootstrapServers,
      URI hub,
      Map<String, String> downloaderSettings,
      Path folder) {
    this.name = name;
    this.models = folder.resolve("models-" + name);
    try {
      Files.createDirectories(models);
      ModelStore.setUp(models, LocationName.of(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.mirror =
        new ServiceProcess(
            "mirror-" + name,
            "mirror-service",
            List.of("-Xmx96m"),
            Map.of(
                "MODELS_DIR",
                models.toString(),
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "DEPOT_MIRROR_ELSEWHERE_SILENCE",
                "8s"),
            folder);
    Map<String, String> environment = new HashMap<>(downloaderSettings);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("MODELS_DIR", models.toString());
    environment.put("HF_ENDPOINT", hub.toString());
    environment.put("DEPOT_LOCATION", name);
    environment.put("DEPOT_ANNOUNCE_MIRROR_URLS", mirror.url().toString());
    this.downloader =
        new ServiceProcess(
            "downloader-" + name, "downloader-service", List.of("-Xmx192m"), environment, folder);
    this.janitor =
        new ServiceProcess(
            "janitor-" + name,
            "janitor-service",
            List.of("-Xmx192m"),
            Map.of(
                "MODELS_DIR",
                models.toString(),
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "DEPOT_LOCATION",
                name),
            folder);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Its volume. */
  public Path models() {
    return models;
  }

  /** Where its mirror listens. */
  public URI mirror() {
    return mirror.url();
  }

  /** From its next start on others reach its mirror through this line alone. */
  public Location mirrorBehind(Line line) {
    mirror.behind(line);
    downloader.tell("DEPOT_ANNOUNCE_MIRROR_URLS", mirror.url().toString());
    return this;
  }

  /** Starts both and returns when they are ready. */
  public Location start() {
    mirror.launch();
    downloader.launch();
    mirror.awaitReady();
    downloader.awaitReady();
    return this;
  }

  /** Starts its janitor, which most stories do without. */
  public Location clean() {
    janitor.start();
    return this;
  }

  /** Ends both at once, as when the machine loses its power. */
  public void kill() {
    downloader.kill();
    mirror.kill();
  }

  String log() {
    return downloader.log() + mirror.log() + janitor.log();
  }

  @Override
  public void close() {
    downloader.end();
    mirror.end();
    janitor.end();
  }
}
