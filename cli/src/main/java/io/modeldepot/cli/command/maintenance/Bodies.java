package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Bodies of requests, field by field. */
final class Bodies {
  private Bodies() {}

  /** Sets a field that was given. */
  static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      body.put(field, value);
    }
  }
}
