package io.modeldepot.events.settings;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Settings that are declared together.
 *
 * @param name what their names begin with, or in words what they are
 * @param sentence what they are about; may be empty
 */
record Group(String name, String sentence, List<Setting> settings) {
  Group {
    settings = List.copyOf(settings);
  }

  /** The same in which some of the settings are others. */
  Group with(Predicate<Setting> which, UnaryOperator<Setting> change) {
    return new Group(
        name,
        sentence,
        settings.stream().map(it -> which.test(it) ? change.apply(it) : it).toList());
  }
}
