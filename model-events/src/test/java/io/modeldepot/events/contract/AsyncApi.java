package io.modeldepot.events.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.topic.TopicKind;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.CloudEventHeaders;
import java.util.List;
import java.util.TreeMap;

/**
 * The AsyncAPI 3.0 document: a channel per topic with its Kafka settings, a message per payload.
 */
final class AsyncApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AsyncApi() {}

  static ObjectNode document() {
    ObjectNode document = JSON.objectNode();
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Model Depot events")
        .put("version", "1")
        .put(
            "description",
            "Topics, payloads and settings. Unknown fields are ignored; new ones are optional.");
    document.put("defaultContentType", CloudEventHeaders.JSON);
    ObjectNode channels = document.putObject("channels");
    ObjectNode operations = document.putObject("operations");
    ObjectNode components = document.putObject("components");
    ObjectNode messages = components.putObject("messages");
    components.putObject("messageTraits").set("cloudEvent", cloudEventTrait());
    for (TopicSpec topic : Topics.PAYLOAD_TOPICS) {
      channels.set(topic.name(), channel(topic));
      messages.set(topic.name(), message(topic));
      operations.set("write-" + topic.name(), operation("send", topic));
      operations.set("read-" + topic.name(), operation("receive", topic));
    }
    return document;
  }

  private static ObjectNode channel(TopicSpec topic) {
    ObjectNode channel = JSON.objectNode();
    channel.put("address", topic.name());
    channel.put(
        "description",
        "%s. Key: %s. Written by %s, read by %s."
            .formatted(kind(topic.kind()), topic.key(), topic.writer(), topic.readBy()));
    channel
        .putObject("messages")
        .putObject(topic.name())
        .put("$ref", "#/components/messages/" + topic.name());
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("topic", topic.name()).put("partitions", topic.partitions());
    ObjectNode configuration = kafka.putObject("topicConfiguration");
    new TreeMap<>(topic.settings())
        .forEach(
            (name, value) -> {
              if (name.equals("cleanup.policy")) {
                ArrayNode policies = configuration.putArray(name);
                List.of(value.split(",", -1)).forEach(policies::add);
              } else if (value.chars().allMatch(Character::isDigit)) {
                configuration.put(name, Long.parseLong(value));
              } else {
                configuration.put(name, value);
              }
            });
    return channel;
  }

  private static ObjectNode message(TopicSpec topic) {
    ObjectNode message = JSON.objectNode();
    message.put("name", topic.name());
    message.put("title", topic.payload().getSimpleName());
    message.put("summary", RecordShape.of(topic.payload()).sentence());
    message.put("contentType", CloudEventHeaders.JSON);
    message.putArray("traits").addObject().put("$ref", "#/components/messageTraits/cloudEvent");
    ObjectNode payload = message.putObject("payload");
    payload.put("schemaFormat", "application/schema+json;version=draft-2020-12");
    payload.putObject("schema").put("$ref", "schemas/" + topic.name() + ".json");
    return message;
  }

  private static ObjectNode operation(String action, TopicSpec topic) {
    ObjectNode operation = JSON.objectNode();
    operation.put("action", action);
    operation.putObject("channel").put("$ref", "#/channels/" + topic.name());
    return operation;
  }

  private static ObjectNode cloudEventTrait() {
    ObjectNode trait = JSON.objectNode();
    ObjectNode headers = trait.putObject("headers");
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    for (String header :
        List.of(
            CloudEventHeaders.SPEC_VERSION,
            CloudEventHeaders.ID,
            CloudEventHeaders.SOURCE,
            CloudEventHeaders.TYPE,
            CloudEventHeaders.TIME,
            CloudEventHeaders.SUBJECT,
            CloudEventHeaders.CONTENT_TYPE,
            CloudEventHeaders.TRACEPARENT)) {
      properties.putObject(header).put("type", "string");
    }
    return trait;
  }

  static String kind(TopicKind kind) {
    return switch (kind) {
      case COMMAND -> "A command";
      case STATE -> "State";
      case FACT -> "A fact";
      case DEAD_LETTER -> "Commands that could not be read";
    };
  }
}
