package io.modeldepot.standalone.broker;

import io.modeldepot.standalone.child.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A running broker. It keeps its topics, records and group offsets in its directory between runs,
 * and recovers by itself after it was killed. Two brokers cannot have one directory: the second
 * fails to start and says so.
 */
public final class Broker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final BrokerSettings settings;

  private Broker(KafkaRaftServer server, BrokerSettings settings) {
    this.server = server;
    this.settings = settings;
  }

  /**
   * Starts and returns when the broker serves clients. An empty or missing directory is formatted
   * first.
   *
   * @param port the port; it must be free
   */
  public static Broker start(Path directory, int port) throws Exception {
    return start(directory, port, Map.of());
  }

  /**
   * The same with more settings.
   *
   * @param more by Kafka's names; they come on top of ours
   */
  public static Broker start(Path directory, int port, Map<String, String> more) throws Exception {
    Files.createDirectories(directory);
    BrokerSettings settings =
        new BrokerSettings(directory.toAbsolutePath(), port, controllerPort(port), more);
    format(settings);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings.asProperties(), false), Time.SYSTEM);
    server.startup();
    return new Broker(server, settings);
  }

  /** What clients give as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** Where clients connect. */
  public int port() {
    return settings.port();
  }

  /** Returns when the broker has ended, by whatever. */
  public void awaitEnd() {
    server.awaitShutdown();
  }

  /** Stops in order; a second call does nothing. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static int controllerPort(int clientPort) throws IOException {
    int port = FreePort.near(0);
    while (port == clientPort) {
      port = FreePort.near(0);
    }
    return port;
  }

  private static void format(BrokerSettings settings) throws Exception {
    if (Files.exists(settings.dataDirectory().resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setDirectories(List.of(settings.dataDirectory().toString()))
        .setMetadataLogDirectory(settings.dataDirectory().toString())
        // All features would include those for Kafka's own tests, which a real node refuses.
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setIgnoreFormatted(true)
        .setPrintStream(System.err)
        .run();
  }
}
