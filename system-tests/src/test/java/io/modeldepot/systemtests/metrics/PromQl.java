package io.modeldepot.systemtests.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a PromQL expression: not what it means, only which metrics it reads, by which labels
 * it chooses and by which it groups. Enough to find a name that nobody has.
 */
final class PromQl {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|\\d[\\w.]*|[A-Za-z_:][A-Za-z0-9_:]*|[(){},]|=~|!~|!=|\\S");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*");
  private static final Set<String> GROUPINGS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");
  private static final Set<String> AGGREGATIONS =
      Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile", "group");

  private final List<String> tokens = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private final Set<String> groupings = new TreeSet<>();
  private int at;

  /**
   * A metric as it is read.
   *
   * @param labels by which it is chosen
   */
  record Selector(String metric, Set<String> labels) {}

  PromQl(String expression) {
    Matcher token = TOKEN.matcher(expression);
    while (token.find()) {
      tokens.add(token.group());
    }
    while (at < tokens.size()) {
      step();
    }
  }

  List<Selector> selectors() {
    return selectors;
  }

  /** Labels that are grouped or matched by. */
  Set<String> groupings() {
    return groupings;
  }

  private void step() {
    String token = tokens.get(at++);
    if (!NAME.matcher(token).matches()) {
      return;
    }
    String word = token.toLowerCase(Locale.ROOT);
    if (GROUPINGS.contains(word)) {
      groupings.addAll(list("(", ")"));
    } else if (next("{")) {
      selectors.add(new Selector(token, matchers()));
    } else if (!next("(") && !WORDS.contains(word) && !AGGREGATIONS.contains(word)) {
      selectors.add(new Selector(token, Set.of()));
    }
  }

  private Set<String> matchers() {
    Set<String> labels = new TreeSet<>();
    List<String> inside = between("{", "}");
    for (int i = 0; i < inside.size(); i++) {
      if (i + 1 < inside.size() && inside.get(i + 1).matches("=|=~|!=|!~")) {
        labels.add(inside.get(i));
      }
    }
    return labels;
  }

  private Set<String> list(String open, String close) {
    return new TreeSet<>(
        between(open, close).stream().filter(it -> NAME.matcher(it).matches()).toList());
  }

  private List<String> between(String open, String close) {
    List<String> inside = new ArrayList<>();
    if (next(open)) {
      at++;
      while (!tokens.get(at).equals(close)) {
        inside.add(tokens.get(at++));
      }
      at++;
    }
    return inside;
  }

  private boolean next(String token) {
    return at < tokens.size() && tokens.get(at).equals(token);
  }
}
