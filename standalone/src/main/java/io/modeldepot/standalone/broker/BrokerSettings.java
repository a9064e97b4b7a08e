package io.modeldepot.standalone.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * How the broker is set: one node that is broker and controller, on the loopback address, small.
 *
 * @param dataDirectory its log directory; what is in it belongs to the broker
 * @param port where clients connect
 * @param controllerPort where the node talks to itself
 * @param more settings by Kafka's names that come on top, such as who may do what
 */
public record BrokerSettings(
    Path dataDirectory, int port, int controllerPort, Map<String, String> more) {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  // The address, not the name: where localhost also is ::1, clients would try that first and warn.
  private static final String ADDRESS = "127.0.0.1";
  private static final int SEGMENT_BYTES = 16 * 1024 * 1024;
  private static final int CLEANER_BYTES = 4 * 1024 * 1024;

  public BrokerSettings {
    more = Map.copyOf(more);
  }

  /** What clients give as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return ADDRESS + ":" + port;
  }

  /** The settings by Kafka's names. */
  Properties asProperties() {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE_ID));
    p.setProperty("controller.quorum.voters", NODE_ID + "@" + ADDRESS + ":" + controllerPort);
    p.setProperty(
        "listeners",
        "PLAINTEXT://%s:%d,%s://%s:%d"
            .formatted(ADDRESS, port, CONTROLLER_LISTENER, ADDRESS, controllerPort));
    p.setProperty("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
    p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    p.setProperty(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    p.setProperty("log.dirs", dataDirectory.toString());
    contract(p);
    oneNode(p);
    small(p);
    p.putAll(more);
    return p;
  }

  /** What the contract of the topics asks from a broker. */
  private static void contract(Properties p) {
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("offsets.retention.minutes", "43200");
  }

  private static void oneNode(Properties p) {
    p.setProperty("default.replication.factor", "1");
    p.setProperty("min.insync.replicas", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    // After a kill the node waits for its own former session to run out before it serves again.
    p.setProperty("broker.session.timeout.ms", "3000");
    p.setProperty("broker.heartbeat.interval.ms", "500");
  }

  private static void small(Properties p) {
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "2");
    p.setProperty("num.replica.fetchers", "1");
    p.setProperty("background.threads", "2");
    p.setProperty("num.recovery.threads.per.data.dir", "1");
    p.setProperty("log.cleaner.threads", "1");
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BYTES));
    p.setProperty("log.segment.bytes", Integer.toString(SEGMENT_BYTES));
  }
}
