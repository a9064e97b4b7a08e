package io.modeldepot.benchmarks.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.benchmarks.rig.DownloaderProcess;
import io.modeldepot.benchmarks.rig.Rig;
import io.modeldepot.benchmarks.rig.Shelf;
import io.modeldepot.benchmarks.rig.Tool;
import io.modeldepot.benchmarks.rig.Usage;
import io.modeldepot.events.terms.LocationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One large file of which 1 % of the rows changed comes from another location: to one that has the
 * version before, and whole to one that has nothing. Both fetch from the same mirror, take turns at
 * being first, and begin with the new file in the sender's memory and nothing left to be written to
 * the disk.
 */
final class DeltaRace {
  private static final String FILE = "model.safetensors";
  private static final String UPDATED = "updated";
  private static final LocationName HAS_IT = LocationName.of("has-the-one-before");
  private static final LocationName HAS_NOTHING = LocationName.of("has-nothing");
  private static final Duration TO_BE_KNOWN = Duration.ofMinutes(2);

  /**
   * Where it is run.
   *
   * @param root the checkout, built
   * @param work where everything is kept
   * @param tensorBytes how large the file is, but for its header
   * @param megabitsPerSecond what a location may fetch; 0 for as much as it can
   */
  record Course(Path root, Path work, long tensorBytes, long megabitsPerSecond) {}

  /**
   * An edition as two models, so that who fetches it whole has no earlier one.
   *
   * @param changedBytes of the pieces that differ from the edition before
   * @param listBytes how long the list of its pieces is
   */
  private record Edition(
      int number,
      Shelf.Made update,
      Shelf.Made whole,
      Path file,
      long changedBytes,
      long listBytes) {

    String wholeName() {
      return name(number);
    }

    static String name(int number) {
      return "whole-" + number;
    }
  }

  /** What one download took. */
  private record Took(double seconds, double cpuSeconds, long fetchedBytes, String load) {}

  private final Course course;
  private final Report report;
  private final List<Edition> editions;

  private DeltaRace(Course course, Report report, List<Edition> editions) {
    this.course = course;
    this.report = report;
    this.editions = editions;
  }

  /** Makes the editions: the first is what everybody warms up with. */
  static DeltaRace prepare(Course course, Shelf shelf, int runs, Report report)
      throws IOException, InterruptedException {
    List<Edition> editions = new ArrayList<>();
    for (int number = 0; number <= runs; number++) {
      EditedRows rows = new EditedRows(FILE, number, course.tensorBytes());
      Shelf.Made update = shelf.publish(UPDATED, number, List.of(rows));
      Shelf.Made whole = shelf.publish(Edition.name(number), number, List.of(rows));
      editions.add(
          new Edition(
              number,
              update,
              whole,
              shelf.file(update, UPDATED, FILE),
              rows.changedPiecesBytes(),
              shelf.listPieces(update, UPDATED, FILE)));
    }
    return new DeltaRace(course, report, editions);
  }

  void run(Rig rig) throws IOException, InterruptedException {
    Path shelf = course.work().resolve("hub");
    try (DownloaderProcess sender = start(rig, Shelf.LOCATION, shelf)) {
      awaitKnown(rig);
      try (DownloaderProcess before = start(rig, HAS_IT, volume(HAS_IT));
          DownloaderProcess nothing = start(rig, HAS_NOTHING, volume(HAS_NOTHING))) {
        Edition first = editions.getFirst();
        Took unused = update(rig, before, first);
        unused = whole(rig, nothing, first);
        race(rig, before, nothing);
      }
    }
  }

  private void race(Rig rig, DownloaderProcess before, DownloaderProcess nothing)
      throws IOException, InterruptedException {
    report.say(
        "| run | bytes of the pieces that differ | bytes moved, the list too | to them | update | CPU"
            + " | load | whole | CPU | load | update to whole |");
    report.say("|---|---|---|---|---|---|---|---|---|---|---|");
    List<Double> moved = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (Edition edition : editions.subList(1, editions.size())) {
      boolean updateFirst = edition.number() % 2 == 1;
      Took rival = updateFirst ? null : whole(rig, nothing, edition);
      Took update = update(rig, before, edition);
      if (rival == null) {
        rival = whole(rig, nothing, edition);
      }
      long bytes = update.fetchedBytes() + edition.listBytes();
      moved.add(bytes / (double) edition.changedBytes());
      times.add(update.seconds() / rival.seconds());
      report.say(
          "| %d | %,d | %,d | %.4f | %.2f s | %.2f s | %s | %.2f s | %.2f s | %s | %.2f |",
          edition.number(),
          edition.changedBytes(),
          bytes,
          moved.getLast(),
          update.seconds(),
          update.cpuSeconds(),
          update.load(),
          rival.seconds(),
          rival.cpuSeconds(),
          rival.load(),
          times.getLast());
    }
    report.say("");
    report.say("bytes moved to those that differ: %s", Report.spread(moved, "(goal 1.1)"));
    report.say("time of the update to the whole: %s", Report.spread(times, "(goal 0.3)"));
  }

  private Took update(Rig rig, DownloaderProcess to, Edition edition)
      throws IOException, InterruptedException {
    return fetch(rig, to, edition, HAS_IT, UPDATED, edition.update());
  }

  /** The whole file, or it was no contest. */
  private Took whole(Rig rig, DownloaderProcess to, Edition edition)
      throws IOException, InterruptedException {
    Took took = fetch(rig, to, edition, HAS_NOTHING, edition.wholeName(), edition.whole());
    if (took.fetchedBytes() < course.tensorBytes()) {
      throw new IOException("Only " + took.fetchedBytes() + " bytes were fetched.");
    }
    return took;
  }

  private Took fetch(
      Rig rig,
      DownloaderProcess downloader,
      Edition edition,
      LocationName to,
      String model,
      Shelf.Made made)
      throws IOException, InterruptedException {
    Tool.Took unused =
        Tool.run(course.work(), "sync; dd of=/dev/null bs=1M if='" + edition.file() + "'");
    Tool.touchMemory(course.work(), course.tensorBytes());
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    Usage receiver = Usage.of(downloader.pid());
    Usage sender = Usage.of(rig.hubPid());
    long since = System.nanoTime();
    JsonNode end =
        rig.download(
            Map.of(
                "model",
                model,
                "repository",
                made.repository().value(),
                "location",
                to.value(),
                "source",
                "replica",
                "profile",
                "full",
                "revision",
                made.commit().value()));
    double seconds = (System.nanoTime() - since) / 1e9;
    return new Took(
        seconds,
        Usage.of(downloader.pid()).since(receiver).cpuSeconds()
            + Usage.of(rig.hubPid()).since(sender).cpuSeconds(),
        end.path("fetchedBytes").asLong(),
        load);
  }

  private DownloaderProcess start(Rig rig, LocationName location, Path volume)
      throws IOException, InterruptedException {
    Map<String, String> settings =
        course.megabitsPerSecond() == 0
            ? Map.of()
            : Map.of(
                "DEPOT_TRANSFER_BYTES_PER_SECOND",
                String.format(Locale.ROOT, "%d", course.megabitsPerSecond() * 1_000_000 / 8));
    return DownloaderProcess.start(
        course.root(),
        course.work(),
        location,
        volume,
        rig.kafka(),
        location.equals(Shelf.LOCATION) ? Optional.of(rig.hubUrl()) : Optional.empty(),
        settings);
  }

  private Path volume(LocationName location) {
    return course.work().resolve("models-" + location);
  }

  /** Until the registry has heard what the sender has. */
  private void awaitKnown(Rig rig) throws IOException, InterruptedException {
    long end = System.nanoTime() + TO_BE_KNOWN.toNanos();
    String last = "/api/v1/models/" + editions.getLast().wholeName() + "/versions";
    while (rig.status(last) != 200 || rig.get(last).path("items").isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IOException("The registry never heard of what the sender has.");
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
