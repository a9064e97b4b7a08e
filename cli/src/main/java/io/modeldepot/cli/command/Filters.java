package io.modeldepot.cli.command;

import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.events.terms.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --filter} and {@code --sort} of the lists that the registry makes, in its own grammar.
 * What is no filter at all is refused here; whether a field exists is the registry's to say.
 */
public final class Filters {
  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = {
        "field, comparison, value: size>30g, verified<7d, state=present, name~code;",
        "may be repeated, and all must hold"
      })
  @Nullable List<String> filters;

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description = "a field, with :asc or :desc: size:desc")
  @Nullable String sort;

  /** Whether the whole list is wanted. */
  public boolean isEmpty() {
    return filters == null;
  }

  /**
   * As parameters of the registry's lists.
   *
   * @throws Failure pointing at the place where a filter cannot be read
   */
  public List<String> query() {
    List<String> query = new ArrayList<>();
    for (String text : filters == null ? List.<String>of() : filters) {
      query.add(Registry.query("filter", read(text).text()));
    }
    if (sort != null) {
      query.add(Registry.query("sort", sort));
    }
    return query;
  }

  /**
   * A filter.
   *
   * @throws Failure pointing at the place where it cannot be read
   */
  public static Filter read(String text) {
    try {
      return Filter.parse(text);
    } catch (Filter.Unreadable e) {
      throw wrong(text, e.at(), String.valueOf(e.getMessage()));
    }
  }

  /** A mistake in a filter, with its place. */
  public static Failure wrong(String text, int at, String why) {
    return Failure.usage("a filter cannot be read")
        .because(why)
        .seen("filter", text)
        .seen("at", Integer.toString(at))
        .tryThis(new Try("see how filters are written", "list --help"));
  }
}
