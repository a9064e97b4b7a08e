package io.modeldepot.kit.state;

import io.modeldepot.events.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** One reading of a topic, from its beginning until the connection is given up. */
final class StatePass<T> {
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<String, byte[]> consumer;
  private final TopicSpec topic;
  private final StateDelivery<T> delivery;
  private final CompletableFuture<@Nullable Void> caughtUp;
  private final Closing closing;
  private final AtomicLong behind;
  private final Map<Integer, Long> positions;

  StatePass(
      KafkaConsumer<String, byte[]> consumer,
      TopicSpec topic,
      StateDelivery<T> delivery,
      CompletableFuture<@Nullable Void> caughtUp,
      Closing closing,
      AtomicLong behind,
      Map<Integer, Long> positions) {
    this.consumer = consumer;
    this.topic = topic;
    this.delivery = delivery;
    this.caughtUp = caughtUp;
    this.closing = closing;
    this.behind = behind;
    this.positions = positions;
  }

  /** Ends by an exception, or once closed. */
  void readForEver() {
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    // First the goal, then the reading: what comes in meanwhile is not part of it.
    Map<TopicPartition, Long> goal = consumer.endOffsets(partitions);
    consumer.seekToBeginning(partitions);
    while (!closing.begun()) {
      if (!caughtUp.isDone() && reached(goal)) {
        caughtUp.complete(null);
      }
      ConsumerRecords<String, byte[]> some = consumer.poll(POLL);
      behind.set(some.count() + notFetched(partitions));
      for (ConsumerRecord<String, byte[]> next : some) {
        if (closing.begun()) {
          return;
        }
        delivery.deliver(next);
        behind.decrementAndGet();
      }
      for (TopicPartition partition : partitions) {
        positions.put(partition.partition(), consumer.position(partition));
      }
    }
  }

  /** Records that the broker is known to have and that are not here yet. */
  private long notFetched(List<TopicPartition> partitions) {
    return partitions.stream().mapToLong(one -> consumer.currentLag(one).orElse(0)).sum();
  }

  private boolean reached(Map<TopicPartition, Long> goal) {
    return goal.entrySet().stream()
        .allMatch(end -> end.getValue() == 0 || consumer.position(end.getKey()) >= end.getValue());
  }

  private List<TopicPartition> partitions() {
    List<PartitionInfo> found = consumer.partitionsFor(topic.name());
    if (found.isEmpty()) {
      throw new UnknownTopicOrPartitionException("There is no topic " + topic.name() + " yet.");
    }
    if (found.size() < topic.partitions()) {
      throw new TimeoutException("Not all partitions of " + topic.name() + " are known yet.");
    }
    return found.stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }
}
