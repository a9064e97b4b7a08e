package io.modeldepot.mirror.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modeldepot.mirror.door.FilledVolume.Version;
import io.modeldepot.testkit.broker.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The volume that the mirror under test serves. */
public final class VolumeResource implements QuarkusTestResourceLifecycleManager {
  static final String OLD = "1".repeat(40);
  static final String NEW = "2".repeat(40);
  static final String TOKEN = "a-token-of-this-mirror";
  static final int TRANSFERS = 8;
  static final byte[] WEIGHTS = random(3 * (1 << 20) + 17);
  static final byte[] CONFIG = "{\"model_type\":\"alpha\"}".getBytes(UTF_8);
  static final String ODD_PATH = "folder one/añb 100%.txt";

  private static volatile Path root = Path.of("");

  private static volatile @Nullable TestBroker broker;

  /** The broker that hears of reads. */
  static TestBroker broker() {
    return Objects.requireNonNull(broker);
  }

  static FilledVolume volume() {
    return new FilledVolume(root);
  }

  @Override
  public Map<String, String> start() {
    try {
      root = Files.createTempDirectory("mirror-volume");
      TestBroker started = TestBroker.own();
      broker = started;
      FilledVolume volume = FilledVolume.create(root);
      volume.publish(
          new Version(
              "alpha",
              OLD,
              Optional.of("acme/Alpha-1"),
              "refs/pr/1",
              Optional.empty(),
              Map.of("config.json", "{}".getBytes(UTF_8)),
              List.of()));
      volume.publish(
          new Version(
              "alpha",
              NEW,
              Optional.of("acme/Alpha-1"),
              "main",
              Optional.empty(),
              new TreeMap<>(
                  Map.of(
                      "config.json",
                      CONFIG,
                      "empty.txt",
                      new byte[0],
                      ODD_PATH,
                      "odd".getBytes(UTF_8),
                      "page.html",
                      "<script>alert(1)</script>".getBytes(UTF_8),
                      "weights/model.safetensors",
                      WEIGHTS)),
              List.of("pytorch_model.bin")));
      volume.publish(
          new Version(
              "secret",
              NEW,
              Optional.of("acme/Secret"),
              "main",
              Optional.of("manual"),
              Map.of("config.json", CONFIG),
              List.of()));
      return Map.of(
          "kafka.bootstrap.servers",
          started.bootstrapServers(),
          "depot.mirror.pull.by",
          "tokens",
          "depot.mirror.pull.per-hour",
          "2",
          "depot.mirror.shelf.directory",
          root.toString(),
          "depot.mirror.listing.page-size",
          "3",
          "depot.mirror.access.tokens",
          TOKEN,
          "depot.mirror.serve.transfers-per-client",
          String.valueOf(TRANSFERS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    broker().stop();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
