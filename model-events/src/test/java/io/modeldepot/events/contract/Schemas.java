package io.modeldepot.events.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.contract.RecordShape.Component;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON Schema, draft 2020-12, from a record: required is what is neither optional nor defaulted.
 */
final class Schemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  /** A command is refused for a value that is not known; all else is read on. */
  private final boolean isCommand;

  private Schemas(Class<?> payload) {
    isCommand = payload.getPackage().equals(DownloadRequested.class.getPackage());
  }

  static ObjectNode of(Class<?> payload, String id) {
    Schemas schemas = new Schemas(payload);
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", id);
    schema.setAll(schemas.record(payload));
    if (!schemas.definitions.isEmpty()) {
      ObjectNode defs = schema.putObject("$defs");
      schemas.definitions.forEach(defs::set);
    }
    return schema;
  }

  private ObjectNode record(Class<?> type) {
    RecordShape shape = RecordShape.of(type);
    ObjectNode schema = JSON.objectNode();
    schema.put("title", type.getSimpleName());
    schema.put("description", shape.sentence());
    schema.put("type", "object");
    ArrayNode required = JSON.arrayNode();
    ObjectNode properties = JSON.objectNode();
    for (Component component : shape.components()) {
      ObjectNode property = value(component.valueType());
      if (!component.sentence().isEmpty()) {
        property.put("description", component.sentence());
      }
      properties.set(component.name(), property);
      if (component.required()) {
        required.add(component.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
    return schema;
  }

  private ObjectNode value(Type type) {
    ObjectNode schema = JSON.objectNode();
    if (type instanceof ParameterizedType p) {
      if (p.getRawType() == List.class) {
        schema.put("type", "array");
        schema.set("items", value(p.getActualTypeArguments()[0]));
        return schema;
      }
      schema.put("type", "object");
      schema.set("additionalProperties", value(p.getActualTypeArguments()[1]));
      return schema;
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return schema.put("type", "string");
    } else if (raw == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    } else if (raw == boolean.class || raw == Boolean.class) {
      return schema.put("type", "boolean");
    } else if (raw == double.class || raw == Double.class) {
      return schema.put("type", "number");
    } else if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
      return schema.put("type", "integer");
    } else if (raw == Object.class) {
      return schema;
    } else if (raw.isEnum()) {
      return enumeration(raw);
    } else if (RecordShape.isTerm(raw)) {
      return schema.put("type", "string").put("pattern", "^" + RecordShape.pattern(raw) + "$");
    }
    String name = raw.getSimpleName();
    if (!definitions.containsKey(name)) {
      definitions.put(name, JSON.objectNode());
      definitions.put(name, record(raw));
    }
    return schema.put("$ref", "#/$defs/" + name);
  }

  private ObjectNode enumeration(Class<?> type) {
    ArrayNode values = JSON.arrayNode();
    RecordShape.values(type).forEach(values::add);
    ObjectNode schema = JSON.objectNode();
    schema.put("type", "string");
    if (isCommand || !RecordShape.isOpen(type)) {
      schema.set("enum", values);
      return schema;
    }
    schema.put("$comment", "Readers keep a value that they do not know.");
    schema.set("examples", values);
    return schema;
  }
}
