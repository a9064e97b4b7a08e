package io.modeldepot.registry.desired.difference;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is to become otherwise.
 *
 * @param object {@code model/NAME} or {@code site/KEY}
 * @param kind what it is
 * @param fields what of it changes, in a document's words
 * @param deeds what does it, in order; not empty
 */
public record Change(String object, Kind kind, List<Field> fields, List<Deed> deeds) {

  public Change {
    fields = List.copyOf(fields);
    deeds = List.copyOf(deeds);
    if (deeds.isEmpty()) {
      throw new IllegalArgumentException("A change is done by something.");
    }
  }

  /** What a change is. */
  public enum Kind {
    /** It was not there. */
    ADD,
    /** It is there, and differs. */
    CHANGE,
    /** It is there, and no document says it. */
    REMOVE;

    /** As it is shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A key whose value changes.
   *
   * @param key as documents have it
   * @param from absent where it was not said
   * @param to absent where it is not said any more
   */
  public record Field(
      String key,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Object> from,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Object> to) {}

  /** The keys that differ, those of what is to be first. */
  static List<Field> fields(
      Map<String, ? extends @Nullable Object> from, Map<String, ? extends @Nullable Object> to) {
    Set<String> keys = new LinkedHashSet<>(to.keySet());
    keys.addAll(from.keySet());
    List<Field> fields = new ArrayList<>();
    for (String key : keys) {
      if (!Objects.equals(from.get(key), to.get(key))) {
        fields.add(
            new Field(key, Optional.ofNullable(from.get(key)), Optional.ofNullable(to.get(key))));
      }
    }
    return fields;
  }
}
