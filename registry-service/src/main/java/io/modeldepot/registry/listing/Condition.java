package io.modeldepot.registry.listing;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One filter: field, comparison, value.
 *
 * @param field of the list
 * @param comparison as HQL writes it
 * @param value of the property's type
 */
record Condition(Field field, String comparison, Object value) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z]+)\\s*(!=|>=|<=|=|>|<|~)\\s*(.*)", Pattern.DOTALL);

  /**
   * Reads {@code size>30g}, {@code verified<7d}, {@code family=llama}, {@code name~code}.
   *
   * @throws io.modeldepot.registry.problem.ProblemException saying what is wrong with it
   */
  static Condition parse(String filter, Fields fields, Instant now) {
    Matcher matcher = FORM.matcher(filter.strip());
    if (!matcher.matches()) {
      throw Values.refused(
          "\"" + filter + "\" is not a filter; write field, comparison, value, as in size>30g.");
    }
    Field field = fields.named(matcher.group(1));
    String comparison = matcher.group(2);
    String text = matcher.group(3).strip();
    boolean ordered = !comparison.equals("=") && !comparison.equals("!=");
    return switch (field.kind()) {
      case TEXT -> {
        if (comparison.equals("~")) {
          yield new Condition(field, "like", "%" + escaped(text) + "%");
        }
        if (ordered) {
          throw Values.refused("\"" + field.name() + "\" is text: use =, != or ~.");
        }
        yield new Condition(field, comparison, text);
      }
      case FLAG -> {
        if (ordered) {
          throw Values.refused("\"" + field.name() + "\" is true or false: use = or !=.");
        }
        yield new Condition(field, comparison, Values.flag(text));
      }
      case NUMBER -> new Condition(field, numeric(field, comparison), Values.number(text));
      case SIZE -> new Condition(field, numeric(field, comparison), Values.size(text));
      case AGE -> {
        if (!ordered || comparison.equals("~")) {
          throw Values.refused("\"" + field.name() + "\" is an age: use <, <=, > or >=.");
        }
        yield new Condition(field, turned(comparison), Values.ago(text, now));
      }
    };
  }

  /** The condition as HQL, with its parameter. */
  String hql(String parameter) {
    return comparison.equals("like")
        ? "lower(" + field.property() + ") like lower(:" + parameter + ") escape '!'"
        : field.property() + " " + comparison + " :" + parameter;
  }

  private static String numeric(Field field, String comparison) {
    if (comparison.equals("~")) {
      throw Values.refused("\"" + field.name() + "\" is a number: ~ is for text.");
    }
    return comparison;
  }

  /** Older than a week is before that moment. */
  private static String turned(String comparison) {
    return comparison.replace('<', '\0').replace('>', '<').replace('\0', '>');
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
