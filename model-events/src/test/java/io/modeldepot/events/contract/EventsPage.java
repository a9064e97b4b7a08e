package io.modeldepot.events.contract;

import io.modeldepot.events.contract.RecordShape.Component;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code docs/events.md}: every topic and payload, for people. */
final class EventsPage {
  private final StringBuilder page = new StringBuilder();
  private final Set<Class<?>> shared = new LinkedHashSet<>();

  private EventsPage() {}

  static String text() {
    EventsPage events = new EventsPage();
    events.write();
    return events.page.toString();
  }

  private void write() {
    page.append(
        """
        # Events

        Written from the records of `model-events` by `make docs`; a test compares. The same contract for programs:
        [`asyncapi.json`](asyncapi.json) and a JSON Schema per topic in [`schemas/`](schemas).

        Payloads are JSON. Unknown fields are ignored. Sizes are bytes, times RFC 3339 in UTC with milliseconds. Every
        record of ours carries CloudEvents 1.0 headers (`ce_id`, `ce_source`, `ce_type`, `ce_time`, `ce_subject`,
        `traceparent`); on the way in all of them are optional, so an event published by hand is worth the same as a
        REST call:

        ```
        echo '{"model":"phi-2"}' | scripts/kafka-console-producer.sh --bootstrap-server localhost:9092 --topic download-requested
        ```

        **Commands.** The id of a command is its `requestId`, else its `ce_id`, else `k-` and the first 16 characters of
        base32(SHA-256(topic|partition|offset|timestamp)). The same id with the same payload is the same command; with
        another payload it goes to the dead-letter topic. A command older than its age limit (header `depot_maxage` in
        seconds, else 24 hours; 1 hour for cleanup and restore) is recorded as expired and never executed. What cannot
        be read goes to `<topic>.dead-letter` with the headers `depot_reason` (`unreadable`, `invalid`, `duplicate-id`,
        `unknown-value`), `depot_detail`, `depot_topic`, `depot_partition`, `depot_offset` and `depot_time`. A record that
        is too large for that goes as its first 64 KiB, with the number of bytes that it had in `depot_truncated`.

        **State.** The newest record of a key is the truth; of two with a `generation` the higher counts. A record
        without a value means forgotten.

        | topic | kind | key | partitions | settings | written by | read by |
        |---|---|---|---|---|---|---|
        """);
    for (TopicSpec topic : Topics.ALL) {
      page.append(
          "| `%s` | %s | %s | %d | %s | %s | %s |%n"
              .formatted(
                  topic.name(),
                  AsyncApi.kind(topic.kind()).toLowerCase(java.util.Locale.ROOT),
                  topic.key(),
                  topic.partitions(),
                  new TreeMap<>(topic.settings())
                      .entrySet().stream()
                          .map(e -> "`" + e.getKey() + "=" + e.getValue() + "`")
                          .collect(Collectors.joining(" ")),
                  topic.writer(),
                  topic.readBy()));
    }
    for (TopicSpec topic : Topics.PAYLOAD_TOPICS) {
      page.append("\n## ").append(topic.name()).append("\n\n");
      table(topic.payload());
    }
    page.append("\n# Shared shapes\n");
    Set<Class<?>> written = new LinkedHashSet<>();
    while (written.size() < shared.size()) {
      for (Class<?> type : List.copyOf(shared)) {
        if (written.add(type)) {
          page.append("\n## ").append(type.getSimpleName()).append("\n\n");
          table(type);
        }
      }
    }
  }

  private void table(Class<?> type) {
    RecordShape shape = RecordShape.of(type);
    page.append(shape.sentence()).append("\n\n| field | type | | meaning |\n|---|---|---|---|\n");
    for (Component component : shape.components()) {
      page.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  component.name(),
                  name(component.valueType()),
                  component.required() ? "required" : "",
                  component.sentence().replace("|", "\\|")));
    }
  }

  private String name(Type type) {
    if (type instanceof ParameterizedType p) {
      Type[] arguments = p.getActualTypeArguments();
      return p.getRawType() == List.class
          ? "list of " + name(arguments[0])
          : "object of " + name(arguments[1]);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return RecordShape.values(raw).stream()
          .map(v -> "`" + v + "`")
          .collect(Collectors.joining(" "));
    } else if (raw == Instant.class) {
      return "time";
    } else if (raw == Object.class) {
      return "anything";
    } else if (raw.isRecord() && !RecordShape.isTerm(raw)) {
      shared.add(raw);
      return "[%s](#%s)"
          .formatted(raw.getSimpleName(), raw.getSimpleName().toLowerCase(java.util.Locale.ROOT));
    } else if (raw == String.class || raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
      return raw == Integer.class || raw == Long.class
          ? "integer"
          : raw.getSimpleName()
              .toLowerCase(java.util.Locale.ROOT)
              .replaceAll("^(int|long)$", "integer");
    }
    return raw.getSimpleName();
  }
}
