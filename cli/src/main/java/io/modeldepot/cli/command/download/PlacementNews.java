package io.modeldepot.cli.command.download;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.placement.ChangeText;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.progress.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Where what was downloaded is planned to run, and what that did to other models. Told at the end
 * of a download, to people; a download waits for it a few seconds and does not fail for it.
 */
final class PlacementNews {
  private static final Duration TO_DECIDE = Duration.ofSeconds(4);
  private static final Duration BETWEEN = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Session session;
  private final Optional<Map<String, Long>> before;

  private PlacementNews(Session session, Optional<Map<String, Long>> before) {
    this.session = session;
    this.before = before;
  }

  /**
   * Remembers what was decided until now; to be made before the first job ends. Where nobody can
   * tell yet, as in a depot that is just starting, it is asked again at the end.
   */
  static PlacementNews since(Session session) {
    try {
      Map<String, Long> generations = new HashMap<>();
      decisions(session)
          .forEach(
              (model, decision) -> generations.put(model, decision.path("generation").asLong()));
      return new PlacementNews(session, Optional.of(generations));
    } catch (Failure e) {
      return new PlacementNews(session, Optional.empty());
    }
  }

  /** The lines about jobs that brought something, safe to show; none where nobody decides. */
  List<String> about(List<Job> done, Style style) {
    try {
      return lines(
          done.stream().map(Job::model).filter(this::isAskedFor).distinct().toList(), style);
    } catch (Failure e) {
      return List.of();
    }
  }

  private boolean isAskedFor(String model) {
    return session
        .registry()
        .get(model, "/models/" + Registry.segment(model), PATIENCE)
        .path("placement")
        .isObject();
  }

  private List<String> lines(List<String> models, Style style) {
    Map<String, JsonNode> decided = models.isEmpty() ? Map.of() : await(models);
    List<String> lines = new ArrayList<>();
    for (JsonNode decision : decided.values()) {
      String model = decision.path("model").asText();
      if (models.contains(model)) {
        lines.add(style.safe(model + ": " + decision.path("reason").asText()));
        if (!isPlaced(decision)) {
          lines.add("  " + style.safe(session.program() + " explain " + model));
        }
      } else if (before.isPresent() && ChangeText.isNew(decision)) {
        lines.add(style.warn("!") + " " + style.safe(model + " " + ChangeText.of(decision)));
      }
    }
    return lines;
  }

  /**
   * What is decided anew; when the patience is over, what is in force about these models too: a
   * small one can be placed before anybody asked what was decided until then.
   */
  private Map<String, JsonNode> await(List<String> models) {
    long end = System.nanoTime() + TO_DECIDE.toNanos();
    while (true) {
      Map<String, JsonNode> decided = decisions(session);
      Map<String, JsonNode> news = new LinkedHashMap<>(decided);
      news.values().removeIf(decision -> !isNew(decision));
      if (news.keySet().containsAll(models)) {
        return news;
      }
      if (System.nanoTime() > end) {
        decided.values().removeIf(decision -> !isInForce(decision, models));
        news.putAll(decided);
        return news;
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /** Where nobody could tell what was before, only a place is surely news. */
  private boolean isNew(JsonNode decision) {
    String model = decision.path("model").asText();
    return before
        .map(then -> decision.path("generation").asLong() > then.getOrDefault(model, -1L))
        .orElseGet(() -> isPlaced(decision));
  }

  /** That a model had no place before its files came is no news at their end. */
  private boolean isInForce(JsonNode decision, List<String> models) {
    return models.contains(decision.path("model").asText())
        && (before.isEmpty() || isPlaced(decision));
  }

  private static boolean isPlaced(JsonNode decision) {
    return "placed".equals(decision.path("state").asText());
  }

  private static Map<String, JsonNode> decisions(Session session) {
    Map<String, JsonNode> byModel = new LinkedHashMap<>();
    session
        .registry()
        .get("placements", "/placements", PATIENCE)
        .path("items")
        .forEach(it -> byModel.put(it.path("model").asText(), it));
    return byModel;
  }
}
