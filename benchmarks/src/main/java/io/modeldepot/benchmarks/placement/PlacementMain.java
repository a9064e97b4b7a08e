package io.modeldepot.benchmarks.placement;

import io.modeldepot.benchmarks.drawn.SiteKind;
import io.modeldepot.benchmarks.peers.CpSat;
import io.modeldepot.benchmarks.peers.Peer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * {@code make bench-placement}: the solver beside its proven bound, beside what schedulers do
 * without a search, and beside CP-SAT; one model more on a full site; what wishes cost.
 */
public final class PlacementMain {
  private static final Set<String> PARTS = Set.of("drawn", "proof", "add", "wishes");
  private static final long FIRST_SEED = 20_261_126L;
  private static final long CP_SAT_MILLIS = 45_000;

  /** With its own moves it lists every place of every replica: at 200 it is out of memory. */
  private static final int MOST_FOR_TIMEFOLD = 50;

  private final Lines lines;
  private final Tables tables;
  private final String[] args;

  private PlacementMain(Lines lines, Tables tables, String[] args) {
    this.lines = lines;
    this.tables = tables;
    this.args = args;
  }

  /** A size of site, and how long the solver may take. */
  private record Size(int models, int gpus, long millis, boolean perfect) {
    String label() {
      return models + "x" + gpus;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size(50, 16, 1_000, true),
          new Size(200, 64, 5_000, true),
          new Size(1_000, 256, 30_000, false),
          new Size(5_000, 1_000, 30_000, false));

  /**
   * @param args parts ({@code drawn}, {@code proof}, {@code add}, {@code wishes}); {@code sizes=}
   *     with commas, {@code seeds=N}, {@code first-seed=N}, {@code proofs=N}, {@code additions=N},
   *     {@code add-ms=N}, {@code cpsat=no}, {@code clock=cpu} where the machine has other load;
   *     everything has a default
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("depot.root", ".")).toAbsolutePath().normalize();
    Tables tables = new Tables(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    tables.say(
        "# Placement, %s, %d processors, Java %s, load %s, the solver's time by %s",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        load(),
        text(args, "clock", "wall"));
    Path kept = root.resolve("benchmarks/target/placement.jsonl");
    new PlacementMain(new Lines(kept), tables, args).run();
    tables.say(
        "%nEvery finding as a line of JSON: `benchmarks/target/placement.jsonl`. Load now: %s",
        load());
  }

  private void run() throws IOException, InterruptedException {
    Optional<String> missing = CpSat.missing();
    missing.ifPresent(tables::say);
    boolean oracle = missing.isEmpty() && !"no".equals(text("cpsat", "yes"));
    if (asked("proof")) {
      proof(oracle);
    }
    if (asked("drawn")) {
      drawn(oracle);
    }
    if (asked("add")) {
      additions();
    }
    if (asked("wishes")) {
      wishes();
    }
  }

  private void proof(boolean oracle) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    String seeds = seeds(number("proofs", 200));
    rows.addAll(heat(Contestant.OURS, SiteKind.OVERLOADED, 6, 2, 200, seeds));
    for (Peer peer : Peer.values()) {
      rows.addAll(heat(peer.label(), SiteKind.OVERLOADED, 6, 2, 200, seeds));
    }
    if (oracle) {
      rows.addAll(heat(Contestant.CP_SAT, SiteKind.OVERLOADED, 6, 2, CP_SAT_MILLIS, seeds));
    }
    tables.proof(rows);
  }

  private void drawn(boolean oracle) throws IOException, InterruptedException {
    tables.beginDrawn();
    List<String> wanted = List.of(text("sizes", "").split(",", -1));
    String seeds = seeds(number("seeds", 3));
    for (Size size : SIZES) {
      if (!wanted.contains(size.label()) && !wanted.contains("")) {
        continue;
      }
      for (SiteKind kind : SiteKind.values()) {
        if (kind == SiteKind.OVERLOADED || size.perfect()) {
          tables.drawn(oneSize(size, kind, seeds, oracle && size.models() <= 50));
        }
      }
    }
  }

  private List<Row> oneSize(Size size, SiteKind kind, String seeds, boolean oracle)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    List<String> names = new ArrayList<>(Arrays.stream(Peer.values()).map(Peer::label).toList());
    if (oracle && kind == SiteKind.OVERLOADED) {
      names.add(Contestant.CP_SAT);
    }
    if (kind == SiteKind.OVERLOADED && size.models() <= MOST_FOR_TIMEFOLD) {
      names.add(Contestant.TIMEFOLD);
    }
    names.add(Contestant.OURS);
    for (String name : names) {
      long millis = name.equals(Contestant.CP_SAT) ? CP_SAT_MILLIS : size.millis();
      rows.addAll(heat(name, kind, size.models(), size.gpus(), millis, seeds));
    }
    return rows;
  }

  private List<Row> heat(
      String name, SiteKind kind, int models, int gpus, long millis, String seeds)
      throws IOException, InterruptedException {
    return lines.from(
        Heat.class,
        Row.class,
        List.of(
            name,
            kind.name(),
            Integer.toString(models),
            Integer.toString(gpus),
            Long.toString(millis),
            seeds,
            watch()));
  }

  private String watch() {
    return Watch.valueOf(text("clock", "wall").toUpperCase(Locale.ROOT)).name();
  }

  private void additions() throws IOException, InterruptedException {
    Size size = SIZES.getLast();
    List<String> wanted =
        List.of(
            Integer.toString(size.models()),
            Integer.toString(size.gpus()),
            Long.toString(size.millis()),
            Long.toString(number("add-ms", 50)),
            Long.toString(number("additions", 60)),
            Long.toString(number("first-seed", FIRST_SEED)),
            watch());
    tables.additions(lines.from(Additions.class, Addition.class, wanted));
  }

  private void wishes() throws IOException, InterruptedException {
    tables.wishes(
        lines.from(
            Wishes.class,
            WishCost.class,
            List.of("200", "64", "3000", seeds(number("seeds", 3)), watch())));
  }

  private boolean asked(String part) {
    List<String> wanted = Arrays.stream(args).filter(PARTS::contains).toList();
    return wanted.isEmpty() || wanted.contains(part);
  }

  private String seeds(long count) {
    long first = number("first-seed", FIRST_SEED);
    return LongStream.range(first, first + count)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }

  private long number(String name, long otherwise) {
    return Long.parseLong(text(name, Long.toString(otherwise)));
  }

  private String text(String name, String otherwise) {
    return text(args, name, otherwise);
  }

  private static String text(String[] args, String name, String otherwise) {
    for (String arg : args) {
      if (arg.startsWith(name + "=")) {
        return arg.substring(name.length() + 1);
      }
    }
    return otherwise;
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.isReadable(file)
        ? Files.readString(file).split(" ", -1)[0]
        : String.format(Locale.ROOT, "unknown");
  }
}
