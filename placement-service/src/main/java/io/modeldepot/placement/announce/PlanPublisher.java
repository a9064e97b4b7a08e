package io.modeldepot.placement.announce;

import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.CloudEventHeaders;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.trace.Step;
import io.modeldepot.kit.trace.StepKind;
import io.modeldepot.kit.trace.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes plans for as long as its owner leads. To open a second one anywhere fences the first:
 * whatever that still tries is refused by the broker, even in the middle of a plan.
 */
public final class PlanPublisher implements AutoCloseable {
  /** The one name under which plans are published. */
  public static final String TRANSACTIONAL_ID = "placement";

  private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;

  private final KafkaProducer<String, byte[]> producer;
  private final ServiceIdentity identity;
  private final Tracing tracing;

  /** Opens, and fences whoever published before; waits for the broker. */
  public PlanPublisher(KafkaConnection connection, ServiceIdentity identity, Tracing tracing) {
    Map<String, Object> settings = new HashMap<>(connection.forWriting());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    this.identity = identity;
    this.tracing = tracing;
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Publishes a plan, all of it or nothing.
   *
   * @throws Fenced if somebody else leads now; nothing was published
   * @throws KafkaException if the broker refuses otherwise; nothing was published, and this
   *     publisher is of no use any more
   */
  public void publish(List<ModelPlaced> plan, Occasion occasion) throws Fenced {
    try {
      producer.beginTransaction();
      for (ModelPlaced one : plan) {
        var unused = producer.send(message(one, occasion));
      }
      producer.commitTransaction();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new Fenced(e);
    } catch (KafkaException e) {
      if (e.getCause() instanceof ProducerFencedException
          || e.getCause() instanceof InvalidProducerEpochException) {
        throw new Fenced(e);
      }
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }

  /** A decision that follows from something is a step of its trace, from planning to publishing. */
  private Optional<String> traced(ModelPlaced one, Occasion occasion) {
    return Optional.ofNullable(occasion.causes().get(one.model()))
        .map(
            cause -> {
              try (Step step =
                  tracing.begin("place", StepKind.CONSUMER, Optional.of(cause), occasion.begun())) {
                step.with("modeldepot.model", one.model().value());
                step.with("modeldepot.plan", Long.toString(one.plan()));
                step.with("modeldepot.state", one.state().name().toLowerCase(Locale.ROOT));
                return step.traceparent();
              }
            });
  }

  private ProducerRecord<String, byte[]> message(ModelPlaced one, Occasion occasion) {
    String key = one.model().value();
    ProducerRecord<String, byte[]> out =
        new ProducerRecord<>(Topics.MODEL_PLACED.name(), key, Wire.write(one));
    new CloudEventHeaders(
            UUID.randomUUID().toString(),
            "/" + identity.key(),
            Topics.MODEL_PLACED.cloudEventType(),
            occasion.decided(),
            Optional.of(key),
            traced(one, occasion))
        .asMap()
        .forEach((name, text) -> out.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return out;
  }

  /** Somebody else leads now. */
  public static final class Fenced extends Exception {
    private static final long serialVersionUID = 1L;

    Fenced(Exception cause) {
      super("Somebody else publishes plans now.", cause);
    }
  }
}
