package io.modeldepot.cli.command.about;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.ServerEvent;
import io.modeldepot.cli.command.Amounts;
import io.modeldepot.cli.command.Filters;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.events.terms.Filter;
import java.util.Locale;

/**
 * A filter of events: {@code topic}, or a field of the payload, deeper ones with dots ({@code
 * problem.code}). Texts are compared by {@code = != ~}, numbers also by size. An event without the
 * field is what only {@code !=} lets through.
 */
final class EventFilter {
  private final Filter filter;
  private final double number;

  private EventFilter(Filter filter, double number) {
    this.filter = filter;
    this.number = number;
  }

  /**
   * Reads one.
   *
   * @throws Failure pointing at what is wrong with it
   */
  static EventFilter of(String text) {
    Filter filter = Filters.read(text);
    if (!ordered(filter)) {
      return new EventFilter(filter, Double.NaN);
    }
    try {
      return new EventFilter(filter, Amounts.bytes(filter.value(), "--filter"));
    } catch (Failure e) {
      throw Filters.wrong(
          text, filter.valueAt(), "\"" + filter.value() + "\" is no number: write 4096 or 30g");
    }
  }

  boolean matches(ServerEvent event) {
    JsonNode value =
        "topic".equals(filter.field())
            ? null
            : event.payload().at("/" + filter.field().replace('.', '/'));
    String text = value == null ? event.topic() : value.asText("");
    return switch (filter.comparison()) {
      case "=" -> text.equals(filter.value());
      case "!=" -> !text.equals(filter.value());
      case "~" -> text.toLowerCase(Locale.ROOT).contains(filter.value().toLowerCase(Locale.ROOT));
      default -> value != null && value.isNumber() && compared(value.doubleValue());
    };
  }

  private boolean compared(double value) {
    return switch (filter.comparison()) {
      case ">" -> value > number;
      case ">=" -> value >= number;
      case "<" -> value < number;
      default -> value <= number;
    };
  }

  private static boolean ordered(Filter filter) {
    return filter.comparison().startsWith(">") || filter.comparison().startsWith("<");
  }
}
