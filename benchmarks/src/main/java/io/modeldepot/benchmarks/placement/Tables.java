package io.modeldepot.benchmarks.placement;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Prints findings as tables. */
final class Tables {
  private static final double MIB = 1 << 20;
  private static final double PROOF_SECONDS = 0.2;

  private final PrintStream out;

  Tables(PrintStream out) {
    this.out = out;
  }

  void say(String text, Object... values) {
    out.println(format(text, values));
  }

  /** Six models on two GPUs: how often each serves the most that can be. */
  void proof(List<Row> rows) {
    Map<Long, Long> best = best(rows);
    title("6 x 2: how often the best possible is served");
    say(
        "| who | sites | best possible | %% below, worst | proven | seconds, median | most | RSS, MiB |");
    say("|---|---|---|---|---|---|---|---|");
    byContestant(rows)
        .forEach(
            (who, own) ->
                say(
                    "| %s | %d | %d | %.3f | %s | %.3f | %.3f | %.0f |",
                    who,
                    own.size(),
                    own.stream().filter(row -> below(row, best) == 0).count(),
                    most(own, row -> below(row, best)),
                    own.stream().filter(Tables::isProven).count(),
                    median(own, Row::seconds),
                    most(own, Row::seconds),
                    most(own, row -> row.peakBytes() / MIB)));
    String below =
        rows.stream()
            .filter(row -> row.contestant().equals(Contestant.OURS) && below(row, best) > 0)
            .map(row -> format("%d (%.3f %%)", row.seed(), below(row, best)))
            .collect(Collectors.joining(", "));
    say("%nSites where the solver is below the best possible, by seed: %s", orNone(below));
    say(
        "%nSites that took it longer than %.1f s: %d",
        PROOF_SECONDS,
        rows.stream()
            .filter(row -> row.contestant().equals(Contestant.OURS))
            .filter(row -> row.seconds() > PROOF_SECONDS)
            .count());
  }

  void beginDrawn() {
    title("Drawn sites: % below the lowest proven bound (R) or the known best plan (P)");
    say(
        "| models x GPUs | site | who | %% below, median | by seed | below its own bound | s | CPU s | RSS, MiB |");
    say("|---|---|---|---|---|---|---|---|---|");
  }

  /** All contestants on sites of one size and kind. */
  void drawn(List<Row> rows) {
    Map<Long, Long> best = lowestBound(rows);
    byContestant(rows)
        .forEach(
            (who, own) ->
                say(
                    "| %d x %d | %s | %s | %.3f | %s | %s | %.2f | %.2f | %.0f |",
                    own.getFirst().models(),
                    own.getFirst().gpus(),
                    own.getFirst().kind().letter(),
                    who,
                    median(own, row -> below(row, best)),
                    own.stream()
                        .map(row -> format("%.3f", below(row, best)))
                        .collect(Collectors.joining(", ")),
                    own.stream()
                        .map(Tables::ownGap)
                        .filter(gap -> !gap.isEmpty())
                        .collect(Collectors.joining(", ")),
                    median(own, Row::seconds),
                    median(own, Row::cpuSeconds),
                    most(own, row -> row.peakBytes() / MIB)));
  }

  void additions(List<Addition> all) {
    title("One model more on a full 5000 x 1000, " + all.size() + " times");
    say("| | p50 | p95 | most |");
    say("|---|---|---|---|");
    quantiles("seconds (goal 0.25)", all, Addition::seconds, "%.3f");
    quantiles("CPU seconds", all, Addition::cpuSeconds, "%.3f");
    quantiles("others touched", all, Addition::touched, "%.0f");
    quantiles("others moved", all, Addition::moved, "%.0f");
    say(
        "%nPlaced: %d of %d. Others touched in all: %d moved, %d restarted, %d stopped; %d started. Others touched although as"
            + " much could be served without: %d times.",
        all.stream().filter(Addition::placed).count(),
        all.size(),
        all.stream().mapToInt(Addition::moved).sum(),
        all.stream().mapToInt(Addition::restarted).sum(),
        all.stream().mapToInt(Addition::stopped).sum(),
        all.stream().mapToInt(Addition::started).sum(),
        all.stream().filter(Addition::disturbsForNothing).count());
  }

  void wishes(List<WishCost> all) {
    title("What wishes cost, 200 x 64, medians");
    say(
        "| wish | value, %% of that without it | %% below the bound with it, at most | moved | restarted | stopped | of | soft costs |");
    say("|---|---|---|---|---|---|---|---|");
    Map<String, List<WishCost>> byWish = new LinkedHashMap<>();
    all.forEach(one -> byWish.computeIfAbsent(one.wish(), key -> new ArrayList<>()).add(one));
    byWish.forEach(
        (wish, own) ->
            say(
                "| %s | %.2f | %.2f | %.0f | %.0f | %.0f | %.0f | %.0f |",
                wish,
                100 * median(own, WishCost::value),
                100 * median(own, WishCost::gap),
                median(own, WishCost::moved),
                median(own, WishCost::restarted),
                median(own, WishCost::stopped),
                median(own, WishCost::running),
                median(own, WishCost::softCost)));
  }

  private void title(String text) {
    out.println();
    out.println("## " + text);
    out.println();
  }

  private void quantiles(
      String what, List<Addition> all, ToDoubleFunction<Addition> value, String form) {
    List<Double> sorted = all.stream().map(value::applyAsDouble).sorted().toList();
    String line = "| %s | " + form + " | " + form + " | " + form + " |";
    say(
        line,
        what,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 95 / 100),
        sorted.getLast());
  }

  private static Map<String, List<Row>> byContestant(List<Row> rows) {
    Map<String, List<Row>> map = new LinkedHashMap<>();
    rows.forEach(row -> map.computeIfAbsent(row.contestant(), who -> new ArrayList<>()).add(row));
    return map;
  }

  private static Map<Long, Long> lowestBound(List<Row> rows) {
    Map<Long, Long> bounds = new TreeMap<>();
    for (Row row : rows) {
      row.known().ifPresent(best -> bounds.merge(row.seed(), best, Math::min));
      row.bound().ifPresent(bound -> bounds.merge(row.seed(), bound, Math::min));
    }
    return bounds;
  }

  /** Proven to be, or the most that anybody serves. */
  private static Map<Long, Long> best(List<Row> rows) {
    Map<Long, Long> best = new TreeMap<>();
    rows.forEach(row -> best.merge(row.seed(), row.value(), Math::max));
    return best;
  }

  private static double below(Row row, Map<Long, Long> best) {
    long most = best.getOrDefault(row.seed(), row.value());
    return most == 0 ? 0 : 100.0 * (most - row.value()) / most;
  }

  private static boolean isProven(Row row) {
    return row.bound().isPresent() && row.bound().getAsLong() == row.value();
  }

  private static String ownGap(Row row) {
    return row.bound().isPresent()
        ? format("%.3f", 100.0 * (row.bound().getAsLong() - row.value()) / row.bound().getAsLong())
        : "";
  }

  private static <T> double median(List<T> all, ToDoubleFunction<T> value) {
    List<Double> sorted = all.stream().map(value::applyAsDouble).sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static <T> double most(List<T> all, ToDoubleFunction<T> value) {
    return all.stream().mapToDouble(value).max().orElse(0);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private static String orNone(String list) {
    return list.isEmpty() ? "none" : list;
  }
}
