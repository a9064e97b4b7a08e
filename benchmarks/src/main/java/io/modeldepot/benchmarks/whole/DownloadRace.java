package io.modeldepot.benchmarks.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.benchmarks.rig.Rig;
import io.modeldepot.benchmarks.rig.Shelf;
import io.modeldepot.benchmarks.rig.Tool;
import io.modeldepot.benchmarks.rig.Usage;
import io.modeldepot.events.terms.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One large file, downloaded and verified: by {@code curl} and {@code sha256sum}, by {@code aria2c}
 * with four connections and its checksum, and by the depot: from the request by REST until REST
 * says that the verified version is there. The tools do not sync what they wrote; the depot does.
 *
 * <p>What the tools wrote is removed after each run and what the depot wrote stays, so the tools
 * would be given pages that were touched before and the depot new ones: everybody begins after as
 * many pages were touched and given back as it will need.
 */
final class DownloadRace {
  private static final String FILE = "model.safetensors";
  private static final String CURL = "curl, sha256sum";
  private static final String ARIA2 = "aria2c -x4, checksum";
  private static final String DEPOT = "the depot";

  private final Path work;
  private final Report report;
  private final int runs;
  private final List<Shelf.Made> models;
  private final long sizeBytes;
  private final Map<String, List<Double>> walls = new LinkedHashMap<>();
  private final Map<String, List<Double>> cpus = new LinkedHashMap<>();
  private final List<Double> peaks = new ArrayList<>();

  DownloadRace(Path work, Report report, List<Shelf.Made> models, long sizeBytes) {
    this.work = work;
    this.sizeBytes = sizeBytes;
    this.report = report;
    this.runs = models.size() - 1;
    this.models = models;
  }

  /** Makes the files: one for a warm-up and one a run, as a depot fetches nothing twice. */
  static List<Shelf.Made> prepare(Shelf shelf, int runs, long sizeBytes)
      throws IOException, InterruptedException {
    List<Shelf.Made> made = new ArrayList<>();
    for (int run = 0; run <= runs; run++) {
      made.add(shelf.publish("race-" + run, 1, List.of(new Shelf.Weights(FILE, run, sizeBytes))));
    }
    return made;
  }

  void run(Rig rig) throws IOException, InterruptedException {
    boolean aria2 = Tool.has("aria2c");
    // Everybody once without being counted: compilers, connections, the catalog's entry.
    byTheDepot(rig, models.getFirst());
    walls.clear();
    cpus.clear();
    peaks.clear();
    for (int run = 1; run <= runs; run++) {
      Shelf.Made model = models.get(run);
      String url =
          "%s/%s/resolve/%s/%s".formatted(rig.hubUrl(), model.repository(), model.commit(), FILE);
      Sha256 digest = model.files().get(FILE);
      byTool(
          CURL, "curl -sS -f -o file '%s'; echo '%s  file' | sha256sum -c".formatted(url, digest));
      if (aria2) {
        byTool(
            ARIA2,
            "aria2c -q -x4 -s4 --allow-overwrite=true --checksum=sha-256=%s -o file '%s'"
                .formatted(digest, url));
      }
      byTheDepot(rig, model);
    }
    tell(aria2);
  }

  private void byTool(String name, String command) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work.resolve("tool"));
    Tool.touchMemory(work, sizeBytes);
    Tool.Took took = Tool.run(folder, command);
    note(name, took.seconds(), took.cpuSeconds());
    Files.delete(folder.resolve("file"));
  }

  private void byTheDepot(Rig rig, Shelf.Made model) throws IOException, InterruptedException {
    long pid = rig.pid("downloader");
    Tool.touchMemory(work, sizeBytes);
    Usage.forgetPeak(pid);
    Usage before = Usage.of(pid);
    long since = System.nanoTime();
    JsonNode end =
        rig.download(Map.of("repository", model.repository().value(), "profile", "full"));
    double seconds = (System.nanoTime() - since) / 1e9;
    Usage used = Usage.of(pid).since(before);
    if (end.path("fetchedBytes").asLong() < sizeBytes) {
      throw new IOException("The file was not fetched: " + end);
    }
    note(DEPOT, seconds, used.cpuSeconds());
    peaks.add(used.peakBytes() / (double) (1 << 20));
  }

  private void note(String name, double seconds, double cpuSeconds) {
    walls.computeIfAbsent(name, it -> new ArrayList<>()).add(seconds);
    cpus.computeIfAbsent(name, it -> new ArrayList<>()).add(cpuSeconds);
  }

  private void tell(boolean aria2) {
    report.say("| what | wall | CPU |");
    report.say("|---|---|---|");
    walls.forEach(
        (name, seconds) ->
            report.say(
                "| %s | %s | %s |",
                name,
                Report.spread(seconds, "s"),
                Report.spread(cpus.getOrDefault(name, List.of()), "s")));
    report.say("");
    report.say("wall, the depot to curl: %s", Report.spread(ratios(walls, CURL), "(goal 0.45)"));
    if (aria2) {
      report.say(
          "wall, the depot to aria2c: %s", Report.spread(ratios(walls, ARIA2), "(goal 0.35)"));
    } else {
      report.say("aria2c is not installed: that row is missing.");
    }
    report.say("CPU, the downloader to curl: %s", Report.spread(ratios(cpus, CURL), "(goal 1)"));
    report.say("memory of the downloader, peak: %s", Report.spread(peaks, "MiB (goal 256)"));
  }

  private static List<Double> ratios(Map<String, List<Double>> figures, String peer) {
    List<Double> ratios = new ArrayList<>();
    List<Double> ours = figures.getOrDefault(DEPOT, List.of());
    List<Double> theirs = figures.getOrDefault(peer, List.of());
    for (int run = 0; run < ours.size(); run++) {
      ratios.add(ours.get(run) / theirs.get(run));
    }
    return ratios;
  }
}
