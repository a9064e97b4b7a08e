package io.modeldepot.kit.connection;

import io.modeldepot.events.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The settings by which every client reaches the same broker: addresses and security, by Kafka's
 * names.
 *
 * @param settings these alone; what belongs to one kind of client is not among them
 */
public record KafkaConnection(Map<String, Object> settings) {
  private static final int PATIENCE_MILLIS = 120_000;
  private static final int ADMIN_REQUEST_MILLIS = 5_000;
  private static final int FOLLOWING_MILLIS = 1_000;
  private static final int ADMIN_CALL_MILLIS = 10_000;
  private static final int BUFFER_BYTES = 2 * Topics.MAX_RECORD_BYTES;

  /** Keeps the settings of the connection and drops all others, such as a group or serializers. */
  public KafkaConnection {
    Map<String, Object> kept = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          if (isOfTheConnection(name)) {
            kept.put(name, value);
          }
        });
    settings = Map.copyOf(kept);
  }

  /** A connection without security to these addresses. */
  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** The same settings for a client that manages topics. */
  public Map<String, Object> forAdmin() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_REQUEST_MILLIS);
    all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_CALL_MILLIS);
    return all;
  }

  /**
   * The same settings for a reader without a group: nothing is committed, nothing is skipped, of a
   * transaction only what was committed is seen.
   */
  public Map<String, Object> forReading() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
    return all;
  }

  /**
   * The same settings for a reader that stays with what it reads: the broker answers as soon as
   * there is something, and otherwise every second. Not more seldom: after a restart of the broker
   * a fetch may wait in vain for so long. Not for a reader that goes elsewhere meanwhile, which
   * would wait for that answer.
   */
  public Map<String, Object> forFollowing() {
    Map<String, Object> all = forReading();
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FOLLOWING_MILLIS);
    return all;
  }

  /** The same settings for a reader in a group, which commits by itself when it is done. */
  public Map<String, Object> forReadingAs(String group) {
    Map<String, Object> all = forReading();
    all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    // After a kill the broker waits so long before another member gets anything.
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    return all;
  }

  /** The same settings for a writer: nothing twice, nothing lost, records up to 8 MiB. */
  public Map<String, Object> forWriting() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // With more than one, a partition made a moment ago may refuse the first batch and take the
    // second; from then on the first is out of sequence and retried in vain.
    all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFER_BYTES);
    all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return all;
  }

  private static boolean isOfTheConnection(String name) {
    return name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
        || name.equals(CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG)
        || name.equals(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
        || name.startsWith("ssl.")
        || name.startsWith("sasl.");
  }
}
