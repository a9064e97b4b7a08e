package io.modeldepot.registry.listing;

import io.modeldepot.events.terms.Filter;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.registry.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One filter: field, comparison, value.
 *
 * @param field of the list
 * @param comparison as HQL writes it
 * @param value of the property's type
 */
record Condition(Field field, String comparison, Object value) {
  /**
   * Reads {@code size>30g}, {@code verified<7d}, {@code family=llama}, {@code name~code}.
   *
   * @throws ProblemException saying what is wrong with it, and where: the evidence has the {@code
   *     filter} and the offset {@code at} which it goes wrong
   */
  static Condition parse(String text, Fields fields, Instant now) {
    Filter filter;
    try {
      filter = Filter.parse(text);
    } catch (Filter.Unreadable e) {
      throw wrong(text, e.at(), String.valueOf(e.getMessage()));
    }
    Field field = at(text, 0, () -> fields.named(filter.field()));
    String comparison =
        at(text, filter.comparisonAt(), () -> comparison(field, filter.comparison()));
    Object value =
        at(text, filter.valueAt(), () -> value(field, filter.comparison(), filter.value(), now));
    return new Condition(field, comparison, value);
  }

  private static <T> T at(String text, int place, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ProblemException e) {
      throw wrong(text, place, e.problem().detail());
    }
  }

  private static ProblemException wrong(String text, int place, String why) {
    Problem problem = Problem.of(ProblemCode.BAD_REQUEST, why, Map.of("filter", text, "at", place));
    return new ProblemException(
        problem.withRemedies(List.of(Remedy.cli("See how filters are written", "list --help"))),
        List.of());
  }

  /** As HQL writes it. */
  private static String comparison(Field field, String said) {
    boolean equality = said.equals("=") || said.equals("!=");
    boolean contains = said.equals("~");
    return switch (field.kind()) {
      case TEXT -> {
        if (!equality && !contains) {
          throw Values.refused("\"" + field.name() + "\" is text: use =, != or ~.");
        }
        yield contains ? "like" : said;
      }
      case FLAG -> {
        if (!equality) {
          throw Values.refused("\"" + field.name() + "\" is true or false: use = or !=.");
        }
        yield said;
      }
      case NUMBER, SIZE -> {
        if (contains) {
          throw Values.refused("\"" + field.name() + "\" is a number: ~ is for text.");
        }
        yield said;
      }
      case AGE -> {
        if (equality || contains) {
          throw Values.refused("\"" + field.name() + "\" is an age: use <, <=, > or >=.");
        }
        yield turned(said);
      }
    };
  }

  private static Object value(Field field, String comparison, String text, Instant now) {
    return switch (field.kind()) {
      case TEXT -> comparison.equals("~") ? "%" + escaped(text) + "%" : text;
      case FLAG -> Values.flag(text);
      case NUMBER -> Values.number(text);
      case SIZE -> Values.size(text);
      case AGE -> Values.ago(text, now);
    };
  }

  /** The condition as HQL, with its parameter. */
  String hql(String parameter) {
    return comparison.equals("like")
        ? "lower(" + field.property() + ") like lower(:" + parameter + ") escape '!'"
        : field.property() + " " + comparison + " :" + parameter;
  }

  /** Older than a week is before that moment. */
  private static String turned(String comparison) {
    return comparison.replace('<', '\0').replace('>', '<').replace('\0', '>');
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
