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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Tells a broker that remembers from one that was made anew, or whose topic was: by the name of the
 * cluster and the id of a topic, which nobody gives a second time. One thread.
 */
public final class BrokerMemory implements AutoCloseable {
  /** So often in a row a topic must be missing: a broker that has just started knows none yet. */
  private static final int CERTAINLY_MISSING = 3;

  private static final long PATIENCE_SECONDS = 10;

  private final KafkaConnection connection;
  private final TopicSpec topic;
  private Optional<Admin> admin = Optional.empty();
  private Optional<String> known = Optional.empty();
  private int missing;

  /**
   * Looks at this topic.
   *
   * @param topic one that everybody may describe
   */
  public BrokerMemory(KafkaConnection connection, TopicSpec topic) {
    this.connection = connection;
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
      String now = name(admin());
      missing = 0;
      if (known.isEmpty()) {
        known = Optional.of(now);
      }
      return !known.get().equals(now);
    } catch (ExecutionException e) {
      boolean isMissing = e.getCause() instanceof UnknownTopicOrPartitionException;
      missing = isMissing && known.isPresent() ? missing + 1 : 0;
      return missing >= CERTAINLY_MISSING;
    } catch (TimeoutException | KafkaException e) {
      // No client could be made either where the broker's name is not known yet.
      missing = 0;
      return false;
    }
  }

  private Admin admin() {
    Admin open = admin.orElseGet(() -> Admin.create(connection.forAdmin()));
    admin = Optional.of(open);
    return open;
  }

  private String name(Admin open)
      throws InterruptedException, ExecutionException, TimeoutException {
    String cluster = open.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    TopicDescription described =
        Objects.requireNonNull(
                open.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name()))
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return cluster + "/" + described.topicId();
  }

  @Override
  public void close() {
    admin.ifPresent(open -> open.close(Duration.ZERO));
  }
}
