package io.modeldepot.kit.topic;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.connection.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Tells a broker that remembers from one that was made anew, or whose topic was: by the name of the
 * cluster and the id of a topic, which nobody gives a second time. One thread.
 */
public final class BrokerMemory implements AutoCloseable {
  /** So often in a row a topic must be missing: a broker that has just started knows none yet. */
  private static final int CERTAINLY_MISSING = 3;

  private static final long PATIENCE_SECONDS = 10;

  private final Admin admin;
  private final TopicSpec topic;
  private Optional<String> known = Optional.empty();
  private int missing;

  /**
   * Looks at this topic.
   *
   * @param topic one that everybody may describe
   */
  public BrokerMemory(KafkaConnection connection, TopicSpec topic) {
    this.admin = Admin.create(connection.forAdmin());
    this.topic = topic;
  }

  /**
   * Looks once.
   *
   * @return whether what was there at the first look is gone; false also while the broker is away,
   *     for one that does not answer has forgotten nothing yet
   */
  public boolean isLost() throws InterruptedException {
    try {
      String cluster = admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      TopicDescription described =
          Objects.requireNonNull(
                  admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name()))
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      missing = 0;
      String now = cluster + "/" + described.topicId();
      if (known.isEmpty()) {
        known = Optional.of(now);
      }
      return !known.get().equals(now);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException && known.isPresent()) {
        missing++;
      }
      return missing >= CERTAINLY_MISSING;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
