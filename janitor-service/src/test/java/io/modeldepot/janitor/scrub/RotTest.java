package io.modeldepot.janitor.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.janitor.house.Shelves;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.VersionReport;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.survey.Survey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bits are flipped at random in published files and in blobs, on a real volume. All are found, and
 * what was downloaded once is whole again when the repair has brought the bad blocks. A seed that
 * failed is run again by {@code -Ddepot.seed=…}.
 */
@SuppressWarnings("NullAway.Init") // made before each test
class RotTest {
  @TempDir Path directory;

  private ModelStore store;
  private CheckBook book;

  @BeforeEach
  void open() throws IOException {
    var unused = ModelStore.setUp(directory, LocationName.of("default"));
    store = ModelStore.open(directory);
    book = new CheckBook(store);
  }

  static LongStream seeds() {
    Long given = Long.getLong("depot.seed");
    return given == null ? new Random().longs(6) : LongStream.of(given);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFlippedBitIsFoundAndRepaired(long seed) throws Exception {
    System.out.println("depot.seed=" + seed);
    Random random = new Random(seed);
    Shelves shelves = new Shelves(store);
    Instant longAgo = Instant.now().minus(Duration.ofDays(30));
    for (int number = 1; number <= 5; number++) {
      // Some share their weights: one damaged file is then a damaged file of several versions.
      var unused = shelves.publish("model-" + number % 3, number, number % 2, longAgo);
    }
    List<Path> loose = List.of(shelves.blob(101), shelves.blob(102), shelves.blob(103));
    Map<Path, byte[]> whole = contents();
    Set<Path> rotten = flipSome(random, new ArrayList<>(whole.keySet()));
    Set<Path> damaged = new TreeSet<>();
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      if (!java.util.Arrays.equals(file.getValue(), Files.readAllBytes(file.getKey()))) {
        damaged.add(file.getKey());
      }
    }

    Map<Survey.Version, VersionReport> reports = new HashMap<>();
    for (Survey.Version version : store.surveyor().versions()) {
      reports.put(version, read(version));
    }
    List<Sha256> blobs =
        new BlobReading(store).read(Instant.now().plusSeconds(60), Instant.now(), bytes -> {});

    assertThat(found(reports)).as("seed %d, flipped %s", seed, rotten).isEqualTo(trees(damaged));
    for (Path blob : loose) {
      boolean bad = damaged.contains(blob);
      assertThat(blobs.stream().anyMatch(it -> blob.endsWith(it.value()))).isEqualTo(bad);
      assertThat(Files.exists(blob)).as("a damaged blob leaves the cache").isEqualTo(!bad);
    }

    for (VersionReport report : reports.values()) {
      if (report.damaged()) {
        repair(report, whole);
      }
    }
    for (Survey.Version version : store.surveyor().versions()) {
      assertThat(read(version).findings()).as("seed %d: %s", seed, version.shown()).isEmpty();
    }
    assertThat(new BlobReading(store).read(Instant.now().plusSeconds(60), Instant.now(), b -> {}))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFlippedBitOfAManifestIsFound(long seed) throws Exception {
    System.out.println("depot.seed=" + seed);
    Random random = new Random(seed);
    var commit = new Shelves(store).publish("model", 1, 1, Instant.now());
    ManifestBook manifests = new ManifestBook(store);
    assertThat(manifests.look((model, version) -> true)).isEmpty();
    Path manifest = store.layout().manifest(ModelName.of("model"), commit);
    byte[] whole = Files.readAllBytes(manifest);
    var dated = Files.getLastModifiedTime(manifest);
    Files.setPosixFilePermissions(manifest, PosixFilePermissions.fromString("rw-r--r--"));
    for (int flip = 0; flip < 40; flip++) {
      byte[] bad = whole.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      // Bits that rot leave no date.
      Files.write(manifest, bad);
      Files.setLastModifiedTime(manifest, dated);

      assertThat(manifests.look((model, version) -> true))
          .as("seed %d, byte %d", seed, at)
          .singleElement()
          .satisfies(it -> assertThat(it.path()).isEqualTo(commit + ".json"));
    }
    Files.write(manifest, whole);
    Files.setLastModifiedTime(manifest, dated);
    assertThat(manifests.look((model, version) -> true)).isEmpty();
    // One that is written anew is another.
    Files.delete(manifest);
    Files.write(
        manifest,
        new String(whole, java.nio.charset.StandardCharsets.UTF_8)
            .replace("testing", "touched")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(manifests.look((model, version) -> true)).isEmpty();
  }

  @Test
  void aLargeFileWithoutAListOfItsPiecesGetsOneWhenItWasFoundWhole() throws Exception {
    var unused = new Shelves(store).publish("model", 1, 1, Instant.now());
    Survey.Version version = store.surveyor().versions().getFirst();
    List<Survey.Content> large =
        version.files().stream().filter(it -> it.sizeBytes() >= Layout.SMALL_BYTES).toList();
    assertThat(large).isNotEmpty();
    for (Survey.Content content : large) {
      keepAsBlob(version, content);
    }

    assertThat(read(version).clean()).isTrue();

    for (Survey.Content content : large) {
      assertThat(store.chunkLists().find(content.digest(), content.sizeBytes())).isPresent();
    }
  }

  /** As a download does, whose file has a second name in the cache. */
  private void keepAsBlob(Survey.Version version, Survey.Content content) throws IOException {
    Path tree = store.layout().tree(version.model(), version.commit());
    try (var files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) == content.sizeBytes()) {
          store.blobs().keep(file, content.digest(), content.sizeBytes());
        }
      }
    }
  }

  @Test
  void aReadingThatIsStoppedGoesOnWhereItWas() throws Exception {
    var unused = new Shelves(store).publish("model", 1, 1, Instant.now());
    Survey.Version version = store.surveyor().versions().getFirst();

    // The first file is small; it stops in the second.
    assertThatThrownBy(
            () ->
                new VersionReading(store, book)
                    .read(
                        version,
                        List.of(),
                        store.verifier(),
                        bytes -> {
                          if (bytes > 1000) {
                            throw new Pace.Stopped();
                          }
                        }))
        .isInstanceOf(Pace.Stopped.class);
    VersionReport rest =
        new VersionReading(store, book)
            .read(version, List.of(), store.verifier(), bytes -> {})
            .orElseThrow();

    assertThat(rest.filesRead()).isEqualTo(1);
    assertThat(rest.bytesRead()).isEqualTo(3 << 20);
    assertThat(rest.clean()).isTrue();
  }

  @Test
  void aReadingOfAnArchiveThatIsStoppedGoesOnWhereItWas() throws Exception {
    ModelName model = ModelName.of("model");
    var commit = new Shelves(store).publish("model", 1, 1, Instant.now());
    try (Claims claims = store.claims("test");
        Claim claim = claims.await(store.claimPlace(model), Duration.ofSeconds(5)).orElseThrow()) {
      var taking =
          new io.modeldepot.store.retire.Archive.Taking(
              RequestId.of("away"), "for a test", Duration.ofDays(3));
      var unused = store.archive().take(claim, model, commit, taking, 0, bytes -> {});
    }
    ArchiveReading reading = new ArchiveReading(store);
    ArchiveReading.Archived one = reading.all().getFirst();
    java.util.concurrent.atomic.AtomicLong first = new java.util.concurrent.atomic.AtomicLong();
    java.util.concurrent.atomic.AtomicLong rest = new java.util.concurrent.atomic.AtomicLong();

    // Two contents: it stops once one of them was read.
    assertThatThrownBy(
            () ->
                reading.read(
                    one,
                    Instant.now(),
                    bytes -> {
                      if (first.getAndSet(bytes) > 0) {
                        throw new Pace.Stopped();
                      }
                    }))
        .isInstanceOf(Pace.Stopped.class);
    Instant unread = reading.all().getFirst().readAt();
    Instant now = Instant.parse("2031-01-01T00:00:00Z");
    var damaged = reading.read(one, now, rest::addAndGet);

    assertThat(unread).isEqualTo(one.readAt());
    assertThat(damaged).isEmpty();
    assertThat(rest.get()).isPositive().isEqualTo(first.get());
    assertThat(reading.all().getFirst().readAt()).isEqualTo(now);
  }

  private VersionReport read(Survey.Version version) throws IOException {
    VersionReport report =
        new VersionReading(store, book)
            .read(version, List.of(), store.verifier(), bytes -> {})
            .orElseThrow();
    book.write(
        version.model(), version.commit(), CheckBook.Check.of(Instant.now(), report.damaged()));
    return report;
  }

  private Set<Path> found(Map<Survey.Version, VersionReport> reports) {
    Set<Path> found = new TreeSet<>();
    reports.forEach(
        (version, report) -> {
          for (Finding finding : report.findings()) {
            assertThat(finding).isInstanceOf(Finding.Altered.class);
            found.add(
                Layout.below(
                    store.layout().tree(version.model(), version.commit()), finding.path()));
          }
        });
    return found;
  }

  private Set<Path> trees(Set<Path> files) {
    Set<Path> trees = new TreeSet<>();
    files.stream().filter(it -> it.startsWith(store.layout().versions())).forEach(trees::add);
    return trees;
  }

  /** Every published file and every blob with its bytes. */
  private Map<Path, byte[]> contents() throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    for (Path home : List.of(store.layout().versions(), store.layout().blobs())) {
      try (var files = Files.walk(home)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          boolean ours = file.toString().contains("/.claim/") || file.toString().endsWith(".json");
          if (!ours || file.endsWith("config.json")) {
            contents.put(file, Files.readAllBytes(file));
          }
        }
      }
    }
    return contents;
  }

  private static Set<Path> flipSome(Random random, List<Path> files) throws IOException {
    Set<Path> flipped = new TreeSet<>();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      Path file = files.get(random.nextInt(files.size()));
      if (flipped.add(file)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          long at = random.nextLong(open.length());
          open.seek(at);
          int read = open.read();
          open.seek(at);
          open.write(read ^ (1 << random.nextInt(8)));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      }
    }
    return flipped;
  }

  /** What a downloader does with what the janitor leaves: bring what is missing, publish. */
  private void repair(VersionReport report, Map<Path, byte[]> whole) throws Exception {
    Manifest manifest = report.manifest();
    Set<String> paths = new TreeSet<>();
    report.findings().forEach(it -> paths.add(it.path()));
    List<ManifestFile> files =
        manifest.files().stream().filter(it -> paths.contains(it.path())).toList();
    RequestId id = RequestId.of("repair-" + manifest.commit().value().substring(0, 12));
    try (Claims claims = store.claims("test")) {
      assertThat(store.repairs().prepare(claims, command(manifest, id), manifest, files))
          .isPresent();
      try (Claim job = claims.takeIfPossible(store.claimPlace(id)).orElseThrow();
          Claim claim =
              claims
                  .await(store.claimPlace(manifest.model()), Duration.ofSeconds(5))
                  .orElseThrow()) {
        Map<Sha256, Path> parts = new HashMap<>();
        for (JournalFile file : store.journals().read(id).orElseThrow().files()) {
          Path part = job.work().resolve(file.part().orElseThrow());
          byte[] good = bytesOf(file.sha256().orElseThrow(), whole);
          if (!Files.exists(part)) {
            part = store.parts().allocate(job, file.part().orElseThrow(), file.sizeBytes());
          }
          Files.write(part, good);
          parts.put(file.sha256().orElseThrow(), part);
        }
        var unused = store.publisher().publish(claim, manifest, parts, 0);
      }
    }
  }

  private byte[] bytesOf(Sha256 digest, Map<Path, byte[]> whole) {
    return whole.entrySet().stream()
        .filter(it -> it.getKey().endsWith(digest.value()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static DownloadRequested command(Manifest manifest, RequestId id) {
    return new DownloadRequested(
        Optional.of(manifest.model()),
        Optional.empty(),
        Optional.of(id),
        Optional.empty(),
        Optional.of(manifest.commit().value()),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(LocationName.of("default")),
        Optional.of(DownloadSource.REPAIR),
        Optional.empty(),
        Optional.of(9),
        false,
        false,
        Optional.of("janitor"));
  }
}
