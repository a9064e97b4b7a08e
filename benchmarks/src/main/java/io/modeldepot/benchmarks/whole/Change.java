package io.modeldepot.benchmarks.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.benchmarks.rig.Rig;
import io.modeldepot.benchmarks.rig.Shelf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Twenty files of which one changes: what an update fetches, and how long a rollback takes. */
final class Change {
  private static final String MODEL = "twenty-files";
  private static final int FILES = 20;
  private static final int ROLLBACKS = 10;

  private final Report report;
  private final Shelf.Made before;
  private final Shelf.Made after;

  private Change(Report report, Shelf.Made before, Shelf.Made after) {
    this.report = report;
    this.before = before;
    this.after = after;
  }

  static Change prepare(Shelf shelf, Report report, long sizeBytes)
      throws IOException, InterruptedException {
    long each = sizeBytes / FILES / 2 * 2;
    List<Shelf.Weights> files = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      files.add(new Shelf.Weights(name(file), 1000L + file, each));
    }
    Shelf.Made before = shelf.publish(MODEL, 1, files);
    files.set(FILES - 1, new Shelf.Weights(name(FILES - 1), 2000L, each));
    return new Change(report, before, shelf.publish(MODEL, 2, files));
  }

  private static String name(int file) {
    return "model-%05d-of-%05d.safetensors".formatted(file + 1, FILES);
  }

  void run(Rig rig) throws IOException, InterruptedException {
    JsonNode first = fetch(rig, before);
    long since = System.nanoTime();
    JsonNode update = fetch(rig, after);
    double seconds = (System.nanoTime() - since) / 1e9;
    report.say(
        "| first download | %,d of %,d bytes fetched | |",
        first.path("fetchedBytes").asLong(), first.path("totalBytes").asLong());
    report.say("|---|---|---|");
    report.say(
        "| update, 1 of %d weight files and the configuration differ | %,d of %,d bytes fetched |"
            + " %.2f s |",
        FILES, update.path("fetchedBytes").asLong(), update.path("totalBytes").asLong(), seconds);
    List<Double> rollbacks = new ArrayList<>();
    long fetched = 0;
    for (int i = 0; i < ROLLBACKS; i++) {
      Shelf.Made to = i % 2 == 0 ? before : after;
      long from = System.nanoTime();
      JsonNode end = rig.rollback(MODEL, to.commit().value());
      rollbacks.add((System.nanoTime() - from) / 1e9);
      fetched += end.path("fetchedBytes").asLong();
    }
    report.say(
        "| rollback, %d times, REST to REST | %,d bytes fetched | %s |",
        ROLLBACKS, fetched, Report.spread(rollbacks, "s (goal 1)"));
  }

  private static JsonNode fetch(Rig rig, Shelf.Made made) throws IOException, InterruptedException {
    return rig.download(
        Map.of(
            "repository", made.repository().value(),
            "revision", made.commit().value(),
            "profile", "full"));
  }
}
