package io.modeldepot.registry.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.wire.Wire;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** What an edit changed, before and after, for the audit trail. */
final class Differences {
  private Differences() {}

  /** Per member that differs: {@code {"before":…,"after":…}}; an absent value is left out. */
  static Map<String, Object> between(ModelDescribed before, ModelDescribed after) {
    JsonNode old = Wire.mapper().valueToTree(before);
    JsonNode now = Wire.mapper().valueToTree(after);
    TreeSet<String> names = new TreeSet<>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    names.remove("generation");
    Map<String, Object> changed = new LinkedHashMap<>();
    for (String name : names) {
      if (!old.path(name).equals(now.path(name))) {
        ObjectNode both = Wire.mapper().createObjectNode();
        if (old.has(name)) {
          both.set("before", old.get(name));
        }
        if (now.has(name)) {
          both.set("after", now.get(name));
        }
        changed.put(name, both);
      }
    }
    return changed;
  }
}
