package io.modeldepot.events.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that an operator may say.
 *
 * @param property its name in a file and with {@code -D}; none where only the environment is looked
 *     at
 * @param variables its names in the environment, the best known first
 * @param values what may be said, in words
 * @param standard what holds where nothing is said; none where nothing does
 * @param sentence what it means
 */
record Setting(
    Optional<String> property,
    List<String> variables,
    String values,
    Optional<String> standard,
    String sentence) {
  static final String PATH = "path";
  private static final Pattern SECRET =
      Pattern.compile("(?i).*[._-](tokens?|password|secret|key|jaas.config)");

  Setting {
    variables = List.copyOf(variables);
    standard = standard.filter(text -> !text.isEmpty());
  }

  /** A setting with a name of its own, which the environment has in capitals. */
  static Setting of(String property, String values, Optional<String> standard, String sentence) {
    return new Setting(
        Optional.of(property), List.of(variable(property)), values, standard, sentence);
  }

  /** A setting that is heard from the environment alone. */
  static Setting ofEnvironment(String variable, String sentence) {
    String values = variable.matches(".*_(PATH|FILE)") ? PATH : "text";
    return new Setting(Optional.empty(), List.of(variable), values, Optional.empty(), sentence);
  }

  /** The same with what a service's own file says of it: a shorter name, another standard. */
  Setting with(String variable, String standard) {
    List<String> names = new ArrayList<>(List.of(variable));
    variables.stream().filter(name -> !name.equals(variable)).forEach(names::add);
    return new Setting(property, names, values, Optional.of(standard), sentence);
  }

  /** The same with another standard. */
  Setting with(String standard) {
    return new Setting(property, variables, values, Optional.of(standard), sentence);
  }

  /** What it is called: by its property, else by its variable. */
  String name() {
    return property.orElseGet(() -> variables.getFirst());
  }

  /** Whether this is what a file calls so; {@code <name>} stands for any name. */
  boolean isNamed(String key) {
    return property
        .map(it -> key.matches(it.replace(".", "\\.").replace("<name>", "[^.]+")))
        .orElse(false);
  }

  /** Whether its value must be seen by nobody: not the name of a file, but what would be in it. */
  boolean isSecret() {
    return !values.equals(PATH) && SECRET.matcher(name()).matches();
  }

  /** How the environment spells a property; a place for a name is left as it is. */
  private static String variable(String property) {
    StringBuilder name = new StringBuilder();
    for (String part : property.split("(?=<)|(?<=>)")) {
      name.append(
          part.startsWith("<")
              ? "_" + part.toUpperCase(Locale.ROOT) + "_"
              : part.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
    }
    return name.toString();
  }
}
