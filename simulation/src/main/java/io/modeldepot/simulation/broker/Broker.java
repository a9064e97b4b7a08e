package io.modeldepot.simulation.broker;

import io.modeldepot.events.topic.TopicKind;
import io.modeldepot.events.topic.TopicSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A broker in memory: topics of one partition, groups with offsets, compaction. It keeps what it
 * acknowledged until somebody wipes it.
 */
public final class Broker {
  private final Supplier<Instant> clock;
  private final Map<String, List<Entry>> topics = new HashMap<>();
  private final Map<String, Long> ends = new HashMap<>();
  private final Map<String, Long> committed = new HashMap<>();
  private Watcher watcher = (topic, entry) -> {};
  private boolean away;
  private int life = 1;

  /**
   * A record.
   *
   * @param offset where it lies
   * @param key what it is about
   * @param value how that is; empty means "forgotten"
   * @param at when the broker took it
   */
  public record Entry(long offset, String key, Optional<Object> value, Instant at) {}

  /** What looks at every record that the broker takes. */
  @FunctionalInterface
  public interface Watcher {
    /** The broker has it. */
    void appended(TopicSpec topic, Entry entry);
  }

  /** A broker without topics. */
  public Broker(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** Sets who looks. */
  public void watch(Watcher next) {
    watcher = next;
  }

  /** Whether nobody can reach it. */
  public boolean isAway() {
    return away;
  }

  /** It goes, or comes back. */
  public void away(boolean now) {
    away = now;
  }

  /** Which of its lives it lives: a wiped broker is another one. */
  public int life() {
    return life;
  }

  /** Takes a record. */
  public Entry append(TopicSpec topic, String key, Optional<Object> value) {
    long offset = end(topic);
    Entry entry = new Entry(offset, key, value, clock.get());
    topics.computeIfAbsent(topic.name(), name -> new ArrayList<>()).add(entry);
    ends.put(topic.name(), offset + 1);
    watcher.appended(topic, entry);
    return entry;
  }

  /** Where the next record of a topic will lie. */
  public long end(TopicSpec topic) {
    return ends.getOrDefault(topic.name(), 0L);
  }

  /** The first record at or after an offset. */
  public Optional<Entry> from(TopicSpec topic, long offset) {
    List<Entry> all = topics.getOrDefault(topic.name(), List.of());
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < all.size() ? Optional.of(all.get(low)) : Optional.empty();
  }

  /** Everything that a topic has now. */
  public List<Entry> all(TopicSpec topic) {
    return List.copyOf(topics.getOrDefault(topic.name(), List.of()));
  }

  /** Where a group goes on; the beginning if it never committed, or that was lost. */
  public long committed(String group, TopicSpec topic) {
    return committed.getOrDefault(group + "|" + topic.name(), 0L);
  }

  /** A group has handled everything before an offset. */
  public void commit(String group, TopicSpec topic, long offset) {
    committed.put(group + "|" + topic.name(), offset);
  }

  /** Keeps of a state topic the last record of every key. */
  public void compact() {
    for (TopicSpec topic : io.modeldepot.events.topic.Topics.ALL) {
      List<Entry> all = topics.get(topic.name());
      if (all == null || topic.kind() == TopicKind.COMMAND || topic.kind() == TopicKind.FACT) {
        continue;
      }
      Set<String> seen = new HashSet<>();
      List<Entry> kept = new ArrayList<>();
      for (int at = all.size() - 1; at >= 0; at--) {
        if (seen.add(all.get(at).key())) {
          kept.addFirst(all.get(at));
        }
      }
      topics.put(topic.name(), kept);
    }
  }

  /** Groups forget how far they were. */
  public void loseOffsets() {
    committed.clear();
  }

  /** Somebody rebuilt it, empty. */
  public void wipe() {
    topics.clear();
    ends.clear();
    committed.clear();
    life++;
  }
}
