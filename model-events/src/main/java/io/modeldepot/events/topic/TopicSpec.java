package io.modeldepot.events.topic;

import java.util.Map;

/**
 * A topic with its settings.
 *
 * @param name the topic
 * @param kind what it carries
 * @param key what the record key is, in words
 * @param partitions number of partitions
 * @param settings topic settings that are not the broker's default, by their Kafka names
 * @param payload the record class of the payload
 * @param writer who writes it, in words
 * @param readBy who reads it, in words
 */
public record TopicSpec(
    String name,
    TopicKind kind,
    String key,
    int partitions,
    Map<String, String> settings,
    Class<?> payload,
    String writer,
    String readBy) {

  public TopicSpec {
    settings = Map.copyOf(settings);
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
