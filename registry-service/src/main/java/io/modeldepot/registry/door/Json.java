package io.modeldepot.registry.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.wire.Wire;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values in jsonb columns, written as on the topics. */
public final class Json {
  private Json() {}

  /** A value as JSON text that PostgreSQL can hold. */
  public static String text(Object value) {
    return Storable.json(Wire.mapper().valueToTree(value)).toString();
  }

  /** An optional value as JSON text, or null for the column. */
  public static @Nullable String textOrNull(Optional<?> value) {
    return value.map(Json::text).orElse(null);
  }

  /** The value of a column that we wrote. */
  public static <T> T value(String json, Class<T> type) {
    try {
      return Wire.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A column holds what is no " + type.getSimpleName() + ".", e);
    }
  }

  /** The value of a column that we wrote. */
  public static <T> T value(String json, TypeReference<T> type) {
    try {
      return Wire.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A column holds what is no " + type.getType() + ".", e);
    }
  }

  /** The value of a column that may be null. */
  public static <T> Optional<T> valueOrEmpty(@Nullable String json, Class<T> type) {
    return json == null ? Optional.empty() : Optional.of(value(json, type));
  }
}
