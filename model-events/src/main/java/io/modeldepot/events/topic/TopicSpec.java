package io.modeldepot.events.topic;

import java.util.Map;
import java.util.Set;

/**
 * A topic with its settings.
 *
 * @param name the topic
 * @param kind what it carries
 * @param key what the record key is, in words
 * @param partitions number of partitions
 * @param settings topic settings that are not the broker's default, by their Kafka names
 * @param payload the record class of the payload
 * @param writers who writes it
 * @param readers who reads it; operators may watch any topic, and the registry shows all of them
 */
public record TopicSpec(
    String name,
    TopicKind kind,
    String key,
    int partitions,
    Map<String, String> settings,
    Class<?> payload,
    Set<Party> writers,
    Set<Party> readers) {

  public TopicSpec {
    settings = Map.copyOf(settings);
    writers = Set.copyOf(writers);
    readers = Set.copyOf(readers);
  }

  /** Who writes it, in words. */
  public String writer() {
    return Party.words(writers);
  }

  /** Who reads it, in words. */
  public String readBy() {
    return Party.words(readers);
  }

  /** The value of the header {@code ce_type}. */
  public String cloudEventType() {
    return "io.modeldepot." + name + ".v1";
  }

  /** Where a command of this topic goes that cannot be read. */
  public String deadLetterName() {
    return name + ".dead-letter";
  }
}
