package io.modeldepot.registry.live;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * A place in all topics at once: per partition the offset of the next record. A partition that is
 * not named is at its beginning.
 *
 * @param next never zero or less
 */
record Vector(Map<TopicPartition, Long> next) {
  private static final Pattern PART = Pattern.compile("([a-z.-]{1,249})-(\\d{1,6}):(\\d{1,18})");
  private static final int LONGEST = 16_384;

  Vector {
    Map<TopicPartition, Long> named = new HashMap<>(next);
    named.values().removeIf(offset -> offset <= 0);
    next = Map.copyOf(named);
  }

  long at(TopicPartition partition) {
    return next.getOrDefault(partition, 0L);
  }

  /** The place after one more record. */
  Vector after(TopicPartition partition, long offset) {
    Map<TopicPartition, Long> moved = new HashMap<>(next);
    moved.put(partition, offset + 1);
    return new Vector(moved);
  }

  /** The place at a record. */
  Vector before(TopicPartition partition, long offset) {
    return after(partition, offset - 1);
  }

  /** The same with some partitions at their beginning. */
  Vector without(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> left = new HashMap<>(next);
    left.keySet().removeAll(partitions);
    return new Vector(left);
  }

  /** The later of two places, partition by partition. */
  Vector max(Vector other) {
    Map<TopicPartition, Long> most = new HashMap<>(next);
    other.next.forEach((partition, offset) -> most.merge(partition, offset, Math::max));
    return new Vector(most);
  }

  /** The earlier of two places, partition by partition. */
  Vector min(Vector other) {
    Map<TopicPartition, Long> least = new HashMap<>();
    next.forEach(
        (partition, offset) -> least.put(partition, Math.min(offset, other.at(partition))));
    return new Vector(least);
  }

  /** The opaque form, for {@code id:} and {@code Last-Event-ID}. */
  String cursor() {
    TreeMap<String, Long> sorted = new TreeMap<>();
    next.forEach((partition, offset) -> sorted.put(partition.toString(), offset));
    StringBuilder text = new StringBuilder();
    sorted.forEach((name, offset) -> text.append(name).append(':').append(offset).append(','));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor.
   *
   * @throws ProblemException if it is none of ours
   */
  static Vector parse(String cursor) {
    try {
      if (cursor.length() > LONGEST) {
        throw new IllegalArgumentException("too long");
      }
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      Map<TopicPartition, Long> next = new HashMap<>();
      for (String part : text.split(",", 0)) {
        Matcher matcher = PART.matcher(part);
        if (!part.isEmpty() && !matcher.matches()) {
          throw new IllegalArgumentException("no place");
        }
        if (!part.isEmpty()) {
          next.put(
              new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))),
              Long.parseLong(matcher.group(3)));
        }
      }
      return new Vector(next);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(
          ProblemCode.BAD_REQUEST, "Last-Event-ID is none of ours; leave it out to start now.");
    }
  }
}
