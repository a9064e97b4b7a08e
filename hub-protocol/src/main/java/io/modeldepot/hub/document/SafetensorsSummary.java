package io.modeldepot.hub.document;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Hub read in the safetensors headers.
 *
 * @param parameters elements per data type, for example {@code {"BF16": 7241732096}}
 * @param total elements altogether
 */
public record SafetensorsSummary(Map<String, Long> parameters, Optional<Long> total) {
  public SafetensorsSummary {
    parameters = copy(parameters);
    total = Fields.optional(total);
  }

  private static Map<String, Long> copy(@Nullable Map<String, Long> map) {
    return map == null ? Map.of() : Map.copyOf(map);
  }
}
