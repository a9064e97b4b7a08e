package io.modeldepot.registry.listing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The fields of one list.
 *
 * @param all those by which it can be filtered and sorted
 * @param id the one that is unique; it decides where others are equal
 * @param standard the order when none is asked for
 */
public record Fields(List<Field> all, Field id, Order standard) {

  public Fields {
    all = List.copyOf(all);
  }

  /** The field of that name, whatever its case. */
  Field named(String name) {
    return all.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                Values.refused(
                    "There is no field \""
                        + name
                        + "\" here; there is "
                        + all.stream().map(Field::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
