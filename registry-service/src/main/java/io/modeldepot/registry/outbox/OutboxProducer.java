package io.modeldepot.registry.outbox;

import io.modeldepot.kit.connection.KafkaConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How the relay talks to the broker: in order, at once, and giving up soon enough for the outbox to
 * say that it waits.
 */
@ApplicationScoped
class OutboxProducer {
  private static final int GIVE_UP_MILLIS = 10_000;

  private final KafkaConnection connection;

  OutboxProducer(KafkaConnection connection) {
    this.connection = connection;
  }

  KafkaProducer<byte[], byte[]> open() {
    Map<String, Object> settings = connection.forWriting();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "registry-outbox");
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) GIVE_UP_MILLIS);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000L);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
