package io.modeldepot.systemtests.depot;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The hub that {@code make up} shows: a mirror over a generated volume with the catalog's models,
 * two revisions of phi-2 among them.
 */
public final class DemoHub implements AutoCloseable {
  private final ServiceProcess mirror;
  private final Path volume;
  private final CompletableFuture<Void> started;

  private DemoHub(Path folder) {
    this.volume = folder.resolve("volume");
    this.mirror =
        new ServiceProcess(
            "mirror-1",
            "mirror-service",
            List.of("-Xmx96m"),
            Map.of("MODELS_DIR", volume.toString()),
            folder);
    this.started =
        CompletableFuture.runAsync(
            () -> {
              generate(volume, folder);
              mirror.start();
            });
  }

  /** Begins to make the volume and to serve it; its address is known, and does not answer yet. */
  public static DemoHub launch() {
    return new DemoHub(Repository.newDataFolder("demo-hub"));
  }

  /** Makes the volume and serves it. */
  public static DemoHub start() {
    DemoHub hub = launch();
    hub.awaitReady();
    return hub;
  }

  /** Waits until it serves. */
  public void awaitReady() {
    started.join();
  }

  public URI url() {
    return mirror.url();
  }

  /** The volume that it serves. */
  public Path volume() {
    return volume;
  }

  private static void generate(Path volume, Path folder) {
    Path app = Repository.root().resolve("mirror-service/target/quarkus-app");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            app.resolve("app") + "/*:" + app.resolve("lib/main") + "/*",
            "io.modeldepot.mirror.demo.DemoHubMain",
            volume.toString());
    try {
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("generate.log").toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "The demo hub could not be made, see " + folder.resolve("generate.log"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    started.handle((done, failure) -> Boolean.TRUE).join();
    mirror.close();
  }
}
