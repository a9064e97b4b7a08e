package io.modeldepot.testkit.broker;

import io.modeldepot.testkit.process.Containers;
import io.modeldepot.testkit.process.FreePorts;
import java.util.List;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker in a container, on a port that stays its own. */
final class ContainerBroker implements TestBroker {
  private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.4.0");
  private static final String STARTED = "Kafka Server started";

  private final KafkaContainer container;
  private int starts = 1;

  @SuppressWarnings("resource") // Testcontainers removes it when the JVM ends.
  ContainerBroker() {
    container =
        new KafkaContainer(IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    container.setPortBindings(List.of("127.0.0.1:" + FreePorts.next() + ":9092"));
    container.start();
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public synchronized void stop() {
    Containers.stop(container);
  }

  @Override
  public synchronized void kill() {
    Containers.kill(container);
  }

  @Override
  public synchronized void start() {
    starts++;
    Containers.startAgain(container, STARTED, starts);
  }
}
