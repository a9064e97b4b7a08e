package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans and what came of them, as the final record carries them. Pure. */
final class Results {
  /** So many rows of each list; a record has to stay readable. */
  private static final int ROWS = 1000;

  private Results() {}

  /** A plan that nobody has carried out. */
  static Map<String, Object> planned(Plan plan) {
    Instant undoUntil = plan.madeAt().plusSeconds(plan.windowSeconds());
    List<Map<String, Object>> goes = new ArrayList<>();
    for (Item item : plan.items()) {
      goes.add(
          row(
              item.what(),
              item.reason(),
              item.bytes(),
              item.kind().undoable() ? Optional.of(undoUntil) : Optional.empty(),
              Optional.empty()));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("planId", plan.id());
    result.put("validUntil", Wire.time(plan.madeAt().plus(Plan.VALID)));
    lists(result, goes, kept(plan.kept()), plan.leftOut());
    result.put("freedBytes", plan.freedAtOnceBytes());
    result.put("laterBytes", plan.freedLaterBytes());
    return result;
  }

  /** What came of a plan. */
  static Map<String, Object> done(Plan plan, List<Outcome> outcomes) {
    List<Map<String, Object>> gone = new ArrayList<>();
    List<Map<String, Object>> kept = new ArrayList<>();
    long freed = 0;
    long later = 0;
    for (Outcome outcome : outcomes) {
      Item item = outcome.item();
      switch (outcome) {
        case Outcome.Gone it -> {
          gone.add(row(item.what(), item.reason(), item.bytes(), it.undoUntil(), it.trash()));
          freed += it.freedBytes();
          later += item.kind().undoable() ? item.bytes() : 0;
        }
        case Outcome.Stayed it ->
            kept.add(
                row(item.what(), it.reason(), item.bytes(), Optional.empty(), Optional.empty()));
      }
    }
    kept.addAll(kept(plan.kept()));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("planId", plan.id());
    lists(result, gone, kept, plan.leftOut());
    result.put("freedBytes", freed);
    result.put("laterBytes", later);
    models(
        result,
        // Those too that stayed: an attempt before may have taken one that was given back now.
        outcomes.stream()
            .map(Outcome::item)
            .filter(item -> item.kind() == Item.Kind.VERSION)
            .flatMap(item -> item.model().stream())
            .toList());
    return result;
  }

  /** The downloader announces these again. */
  static void models(Map<String, Object> result, List<ModelName> changed) {
    List<String> names = changed.stream().map(ModelName::value).distinct().sorted().toList();
    if (!names.isEmpty()) {
      result.put("models", names);
    }
  }

  private static void lists(
      Map<String, Object> result,
      List<Map<String, Object>> removed,
      List<Map<String, Object>> kept,
      int leftOut) {
    result.put("removed", removed.subList(0, Math.min(ROWS, removed.size())));
    result.put("kept", kept.subList(0, Math.min(ROWS, kept.size())));
    result.put("removedCount", removed.size());
    result.put("truncated", removed.size() > ROWS || kept.size() > ROWS || leftOut > 0);
    if (leftOut > 0) {
      result.put("leftOut", leftOut);
    }
  }

  private static List<Map<String, Object>> kept(List<Kept> kept) {
    return kept.stream()
        .map(it -> row(it.what(), it.reason(), it.bytes(), Optional.empty(), Optional.empty()))
        .toList();
  }

  private static Map<String, Object> row(
      String what, String reason, long bytes, Optional<Instant> undoUntil, Optional<String> trash) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("what", what);
    row.put("reason", reason);
    row.put("bytes", bytes);
    undoUntil.ifPresent(until -> row.put("undoUntil", Wire.time(until)));
    trash.ifPresent(name -> row.put("trash", name));
    return row;
  }

  /** What was brought back, or could not be. */
  static Map<String, Object> undone(
      List<Map<String, Object>> back, List<Map<String, Object>> kept) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("restored", back);
    result.put("kept", kept);
    return result;
  }

  /** A row of such a list. */
  static Map<String, Object> row(String what, String reason, long bytes) {
    return row(what, reason, bytes, Optional.empty(), Optional.empty());
  }
}
