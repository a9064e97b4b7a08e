package io.modeldepot.kit.state;

import io.modeldepot.events.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** One reading of topics, from their beginning until the connection is given up. */
final class StatePass {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration BEFORE_NEXT_LOOK = Duration.ofSeconds(1);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Closing closing;
  private final Map<String, List<StateTopicReader<?>>> readers;
  private final List<TopicSpec> missing = new ArrayList<>();
  private final Map<String, List<TopicPartition>> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> goal = new HashMap<>();
  private long lookAgainAt = System.nanoTime();

  StatePass(
      KafkaConsumer<String, byte[]> consumer, List<StateTopicReader<?>> readers, Closing closing) {
    this.consumer = consumer;
    this.closing = closing;
    this.readers =
        readers.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.topic().name(), LinkedHashMap::new, Collectors.toList()));
    this.readers.values().forEach(of -> missing.add(of.getFirst().topic()));
  }

  /** Ends by an exception, or once closed. */
  void readForEver() {
    while (!closing.begun()) {
      lookForMissing();
      if (partitions.isEmpty()) {
        closing.orAfter(BEFORE_NEXT_LOOK);
        continue;
      }
      partitions.forEach(this::tellWhoHasCaughtUp);
      ConsumerRecords<String, byte[]> some = consumer.poll(POLL);
      partitions.forEach((topic, its) -> tellHowFarBehind(topic, its, some));
      for (ConsumerRecord<String, byte[]> next : some) {
        if (closing.begun()) {
          return;
        }
        of(next.topic()).forEach(reader -> reader.take(next));
      }
      partitions.forEach(this::tellHowFar);
    }
  }

  /** Topics that came into being since the last look are read from now on. */
  private void lookForMissing() {
    if (missing.isEmpty() || System.nanoTime() - lookAgainAt < 0) {
      return;
    }
    lookAgainAt = System.nanoTime() + BEFORE_NEXT_LOOK.toNanos();
    Map<String, List<TopicPartition>> found = new HashMap<>();
    for (TopicSpec topic : missing) {
      List<PartitionInfo> all = consumer.partitionsFor(topic.name());
      // Of a topic that was made a moment ago some may not be known yet.
      if (all.size() >= topic.partitions()) {
        found.put(
            topic.name(),
            all.stream().map(it -> new TopicPartition(it.topic(), it.partition())).toList());
      }
    }
    if (!found.isEmpty()) {
      missing.removeIf(topic -> found.containsKey(topic.name()));
      partitions.putAll(found);
      begin(found.values().stream().flatMap(List::stream).toList());
    }
  }

  private void begin(List<TopicPartition> with) {
    consumer.assign(partitions.values().stream().flatMap(List::stream).toList());
    // First the goal, then the reading: what comes in meanwhile is not part of it.
    goal.putAll(consumer.endOffsets(with));
    consumer.seekToBeginning(with);
  }

  private void tellWhoHasCaughtUp(String topic, List<TopicPartition> its) {
    List<StateTopicReader<?>> waiting =
        of(topic).stream().filter(reader -> !reader.isCaughtUp()).toList();
    if (!waiting.isEmpty() && its.stream().allMatch(this::isReached)) {
      waiting.forEach(StateTopicReader::hasCaughtUp);
    }
  }

  private boolean isReached(TopicPartition partition) {
    long end = goal.getOrDefault(partition, 0L);
    return end == 0 || consumer.position(partition) >= end;
  }

  /** What is here, and what the broker is known to have and is not here yet. */
  private void tellHowFarBehind(
      String topic, List<TopicPartition> its, ConsumerRecords<String, byte[]> here) {
    long behind =
        its.stream()
            .mapToLong(one -> here.records(one).size() + consumer.currentLag(one).orElse(0))
            .sum();
    of(topic).forEach(reader -> reader.isBehind(behind));
  }

  private void tellHowFar(String topic, List<TopicPartition> its) {
    for (TopicPartition partition : its) {
      long position = consumer.position(partition);
      of(topic).forEach(reader -> reader.hasCome(partition.partition(), position));
    }
  }

  private List<StateTopicReader<?>> of(String topic) {
    return readers.getOrDefault(topic, List.of());
  }
}
