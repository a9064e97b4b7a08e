package io.modeldepot.placement.demand;

import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Every way of serving a demand, the most valuable first, fewer shards before more.
 *
 * <p>The value of serving is (priority + 1) × users × √context × quality: twice the users count
 * twice, twice the context less than that, because few requests use all of it.
 */
public final class Options {
  private static final int MOST_STEPS = 12;

  private Options() {}

  /**
   * The ways that a demand allows.
   *
   * @param mostShards the most equal GPUs that any host has
   */
  public static List<Option> of(Demand demand, int mostShards) {
    List<Option> options = new ArrayList<>();
    for (Variant variant : demand.servable()) {
      for (int context : contexts(demand)) {
        for (int users : steps(demand.users())) {
          for (int shards = 1; shards <= mostShards; shards *= 2) {
            if (demand.shape().canBeCutInto(shards)) {
              Ask ask = new Ask(variant, users, context, shards);
              options.add(new Option(ask, value(demand, ask)));
            }
          }
        }
      }
    }
    options.sort(
        Comparator.comparingLong(Option::value)
            .reversed()
            .thenComparingInt(option -> option.ask().tensorParallel()));
    return options;
  }

  /** What serving so is worth. */
  public static long value(Demand demand, Ask ask) {
    double value =
        (demand.priority() + 1.0)
            * ask.users()
            * Math.sqrt(ask.contextTokens())
            * ask.variant().qualityPermille();
    return Math.max(1, Math.round(value));
  }

  /** Never longer than the model's own. */
  private static TreeSet<Integer> contexts(Demand demand) {
    int longest = demand.shape().contextTokens();
    TreeSet<Integer> contexts = new TreeSet<>();
    int least = Math.min(demand.contextTokens().least(), longest);
    for (int tokens = Math.min(demand.contextTokens().wanted(), longest);
        tokens > least;
        tokens /= 2) {
      contexts.add(tokens);
    }
    contexts.add(least);
    return contexts;
  }

  /** Both ends, and evenly between them. */
  private static TreeSet<Integer> steps(Range range) {
    TreeSet<Integer> steps = new TreeSet<>();
    int span = range.wanted() - range.least();
    int count = Math.min(span, MOST_STEPS - 1);
    for (int step = 0; step <= count; step++) {
      steps.add(range.least() + (count == 0 ? 0 : (int) ((long) span * step / count)));
    }
    return steps;
  }
}
