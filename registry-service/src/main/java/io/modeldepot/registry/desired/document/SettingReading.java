package io.modeldepot.registry.desired.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sections that become settings of the site: each setting is said whole. */
final class SettingReading {
  static final Set<String> GPU = Set.of("drain", "reserve");
  static final Set<String> DRAIN = Set.of("until", "reason");
  static final Set<String> RESERVE = Set.of("memory", "until", "reason");
  static final Set<String> RETENTION = Set.of("keep", "trash", "unusedDays", "cache", "watermarks");
  static final Set<String> WATERMARKS = Set.of("high", "low");
  static final Set<String> SCHEDULE = Set.of("cron", "command");
  static final Set<String> NOTIFY = Set.of("on", "url", "urlFile", "template", "secretFile");
  private static final String SIZE = "a size is expected, as 40GiB or 500GB.";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<WishedSetting> settings = new ArrayList<>();

  /** Every setting that the sections of a document say. */
  static List<WishedSetting> read(Fields document) {
    SettingReading reading = new SettingReading();
    document.names("gpus").ifPresent(reading::gpus);
    document.below("retention", RETENTION).ifPresent(reading::retention);
    document.names("quotas").ifPresent(reading::quotas);
    document.names("schedules").ifPresent(reading::schedules);
    document.names("notify").ifPresent(reading::receivers);
    return reading.settings;
  }

  private void gpus(Fields gpus) {
    for (String name : gpus.keys()) {
      ObjectNode value = JSON.objectNode();
      gpus.below(name, GPU)
          .ifPresent(
              gpu -> {
                if (gpu.has("drain")) {
                  value.put("state", "drained");
                  drain(gpu, value);
                }
                gpu.below("reserve", RESERVE).ifPresent(it -> reserve(it, value));
              });
      add("gpu/" + name, gpus, name, value);
    }
  }

  /** {@code drain: true}, or a mapping with the terms. */
  private static void drain(Fields gpu, ObjectNode value) {
    if (gpu.item("drain").filter(it -> it instanceof Item.Scalar).isEmpty()) {
      gpu.below("drain", DRAIN).ifPresent(it -> terms(it, value));
    } else if (gpu.flag("drain").equals(Optional.of(false))) {
      gpu.fault("drain", "Leave it out, and the GPU is not drained.");
    }
  }

  private static void reserve(Fields reserve, ObjectNode value) {
    if (!reserve.has("memory")) {
      reserve.fault("How much? Say memory: 40GiB.");
    }
    reserve
        .text("memory", Amounts::bytes, SIZE)
        .ifPresent(bytes -> value.put("reservedBytes", bytes));
    terms(reserve, value);
  }

  /** Until when and why: of a drain and of a reservation together, so they must not differ. */
  private static void terms(Fields said, ObjectNode value) {
    said.text("until", Amounts::time, "a time is expected, as 2026-11-30 or 2026-11-30T18:00:00Z.")
        .ifPresent(time -> term(said, "until", time.toString(), value));
    said.text("reason").ifPresent(why -> term(said, "reason", why, value));
  }

  private static void term(Fields said, String key, String text, ObjectNode value) {
    if (value.has(key) && !value.path(key).asText().equals(text)) {
      said.fault(key, "A GPU has one " + key + ", and another is said already.");
    }
    value.put(key, text);
  }

  private void retention(Fields said) {
    ObjectNode value = JSON.objectNode();
    said.number("keep", 1).ifPresent(keep -> value.put("keep", keep));
    said.text("trash", Amounts::seconds, "a span is expected, as 72h or 3d.")
        .ifPresent(seconds -> value.put("trashSeconds", seconds));
    said.number("unusedDays", 1).ifPresent(days -> value.put("unusedDays", days));
    said.text("cache", Amounts::bytes, SIZE).ifPresent(bytes -> value.put("cacheBytes", bytes));
    said.below("watermarks", WATERMARKS)
        .ifPresent(
            marks -> {
              ObjectNode both = value.putObject("watermarks");
              part(marks, "high", both);
              part(marks, "low", both);
            });
    settings.add(new WishedSetting("retention", said.place(), List.of("retention"), value));
  }

  private static void part(Fields marks, String key, ObjectNode value) {
    marks
        .text(key, SettingReading::decimal, "a part of the disk is expected, as 0.9.")
        .ifPresent(part -> value.put(key, part.doubleValue()));
  }

  private void quotas(Fields quotas) {
    for (String family : quotas.keys()) {
      quotas
          .text(family, Amounts::bytes, SIZE)
          .ifPresent(
              bytes ->
                  add("quota/" + family, quotas, family, JSON.objectNode().put("bytes", bytes)));
    }
  }

  private void schedules(Fields schedules) {
    for (String name : schedules.keys()) {
      schedules
          .below(name, SCHEDULE)
          .ifPresent(
              schedule -> {
                ObjectNode value = JSON.objectNode();
                schedule.text("cron").ifPresent(cron -> value.put("cron", cron));
                schedule.item("command").ifPresent(it -> value.set("command", json(it)));
                add("schedule/" + name, schedules, name, value);
              });
    }
  }

  private void receivers(Fields receivers) {
    for (String name : receivers.keys()) {
      receivers
          .below(name, NOTIFY)
          .ifPresent(
              receiver -> {
                ObjectNode value = JSON.objectNode();
                receiver.texts("on").ifPresent(kinds -> kinds.forEach(value.withArray("on")::add));
                for (String key : List.of("url", "urlFile", "template", "secretFile")) {
                  receiver.text(key).ifPresent(text -> value.put(key, text));
                }
                add("notify/" + name, receivers, name, value);
              });
    }
  }

  private void add(String key, Fields section, String name, ObjectNode value) {
    settings.add(new WishedSetting(key, section.place(name), section.path(name), value));
  }

  /** A value whose shape another rule knows, by YAML 1.2's core schema. */
  static JsonNode json(Item item) {
    return switch (item) {
      case Item.Mapping mapping -> {
        ObjectNode object = JSON.objectNode();
        mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
        yield object;
      }
      case Item.Sequence sequence -> {
        ArrayNode array = JSON.arrayNode();
        sequence.items().forEach(one -> array.add(json(one)));
        yield array;
      }
      case Item.Scalar scalar -> scalar.nothing() ? JSON.nullNode() : plain(scalar);
    };
  }

  private static JsonNode plain(Item.Scalar scalar) {
    String text = scalar.text();
    if (scalar.quoted()) {
      return JSON.textNode(text);
    }
    if (text.matches("-?\\d{1,15}")) {
      return JSON.numberNode(Long.parseLong(text));
    }
    if (text.equals("true") || text.equals("false")) {
      return JSON.booleanNode(text.equals("true"));
    }
    return decimal(text).<JsonNode>map(JSON::numberNode).orElseGet(() -> JSON.textNode(text));
  }

  private static Optional<BigDecimal> decimal(String text) {
    return text.matches("-?\\d{1,9}\\.\\d{1,9}")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }
}
