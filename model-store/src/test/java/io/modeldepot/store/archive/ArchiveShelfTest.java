package io.modeldepot.store.archive;

import static io.modeldepot.store.StoreFixture.FAMILY;
import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.UsageKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.integrity.Rescan;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.retire.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveShelfTest {
  private static final Map<String, byte[]> OLD =
      files("config.json", "{\"a\":1}", "model.safetensors", bf16(3 << 20), "same.bin", large(7));
  private static final Map<String, byte[]> NEW = files("config.json", "{\"a\":2}", "b", large(7));

  @TempDir Path directory;
  private StoreFixture volume;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    volume.publish(FIRST, OLD);
    volume.publish(SECOND, NEW);
  }

  @AfterEach
  void tearDown() throws IOException {
    volume.close();
  }

  @Test
  void weightsTakeUnderThreeQuartersAndTheVersionIsStillListed() throws IOException {
    ArchivedVersion entry = archive(FIRST);

    long weights = 3 << 20;
    assertThat(entry.rawBytes() - entry.archivedBytes()).isGreaterThan(weights / 4);
    assertThat(entry.savedBytes()).isEqualTo(entry.rawBytes() - entry.archivedBytes());
    Rescan.ModelOnVolume model = volume.store.rescan().model(MODEL);
    assertThat(model.versions()).extracting(it -> it.commit()).containsExactly(SECOND);
    assertThat(model.archived()).extracting(it -> it.manifest().commit()).containsExactly(FIRST);
    assertThat(model.problems()).isEmpty();
  }

  @Test
  void itTakesTheDiskAsAnArchiveOfItsFamilyAndNothingIsUnexplained() throws IOException {
    ArchivedVersion entry = archive(FIRST);
    var report = volume.store.accounts().report(List.of());

    assertThat(report.archiveBytes()).isGreaterThanOrEqualTo(entry.archivedBytes());
    assertThat(report.usage())
        .filteredOn(it -> it.kind() == UsageKind.ARCHIVE && it.bytes() > 0)
        .extracting(it -> it.family())
        .containsExactly(Optional.of(FAMILY));
    assertThat(report.usage()).noneMatch(it -> it.kind() == UsageKind.UNEXPLAINED);
  }

  @Test
  void aVersionThatWasNotCurrentComesBackAndLeavesTheCurrentOne() throws IOException {
    archive(FIRST);
    long before = volume.store.versions().current(MODEL).orElseThrow().generation();

    bringBack(FIRST);

    Current current = volume.store.versions().current(MODEL).orElseThrow();
    assertThat(current.commit()).contains(SECOND);
    assertThat(current.generation()).isGreaterThan(before);
    assertThat(volume.tree(volume.layout().tree(MODEL, FIRST)))
        .isEqualTo(StoreFixture.expected(OLD));
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void aVersionThatIsNotWholeIsNotArchived() throws IOException {
    Path file = volume.layout().tree(MODEL, FIRST).resolve("model.safetensors");
    volume.calls.chmod(file, 0644);
    flip(file, new Random(5).nextInt(3 << 20));

    assertThatThrownBy(() -> archive(FIRST)).isInstanceOf(DamagedArchive.class);

    assertThat(volume.store.versions().commits(MODEL)).containsExactly(FIRST, SECOND);
    assertThat(volume.store.archive().shelf().commits(MODEL)).isEmpty();
  }

  @Test
  void everyFlippedBitIsFoundAndNothingOfItIsPublished() throws IOException {
    ArchivedVersion entry = archive(FIRST);
    long seed = 20261126;
    Random random = new Random(seed);
    for (String name :
        new String[] {"frames", "frames", "index.json", "manifest.json", "SHA256SUMS"}) {
      for (int again = 0; again < 8; again++) {
        Path file = entry.place().resolve(name);
        byte[] good = Files.readAllBytes(file);
        int at = random.nextInt(good.length);
        volume.calls.chmod(file, 0644);
        flip(file, at);
        String what = "seed " + seed + ", " + name + " at " + at;

        boolean found = isFound(good, Files.readAllBytes(file));

        assertThat(found).as(what).isTrue();
        assertThat(volume.store.archiveCheck().read(MODEL, FIRST, new HashSet<>(), bytes -> {}))
            .as(what)
            .isNotEmpty()
            .allSatisfy(
                damaged ->
                    assertThat(OLD.containsKey(damaged.path()) == name.equals("frames"))
                        .as("%s: %s", what, damaged)
                        .isTrue());
        assertThat(volume.store.versions().commits(MODEL)).as(what).containsExactly(SECOND);
        Files.write(file, good);
      }
    }
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void whatWasReadAgainAndIsWholeIsNotReadTwice() throws IOException {
    ArchivedVersion entry = archive(FIRST);
    Set<Sha256> good = new HashSet<>();
    AtomicLong first = new AtomicLong();
    AtomicLong second = new AtomicLong();

    var found = volume.store.archiveCheck().read(MODEL, FIRST, good, first::addAndGet);
    var again = volume.store.archiveCheck().read(MODEL, FIRST, good, second::addAndGet);

    assertThat(found).isEmpty();
    assertThat(first).hasValue(entry.rawBytes());
    assertThat(again).isEmpty();
    assertThat(second).hasValue(0);
  }

  @Test
  void whatIsMissingIsDamagedAndWhatWasTakenOutIsNot() throws IOException {
    ArchivedVersion entry = archive(FIRST);
    Files.delete(entry.place().resolve("frames"));

    assertThat(volume.store.archiveCheck().read(MODEL, FIRST, new HashSet<>(), bytes -> {}))
        .singleElement()
        .satisfies(it -> assertThat(it.why()).contains("frames", "missing"));
    assertThat(volume.store.archiveCheck().look(MODEL, FIRST)).isEmpty();
    assertThat(volume.store.archiveCheck().read(MODEL, SECOND, new HashSet<>(), bytes -> {}))
        .isEmpty();
  }

  private boolean isFound(byte[] good, byte[] bad) throws IOException {
    assertThat(bad).isNotEqualTo(good);
    Optional<ArchivedVersion> read = volume.store.archive().shelf().find(MODEL, FIRST);
    if (read.isEmpty()) {
      return true;
    }
    try {
      volume.store.archive().shelf().verify(read.get(), bytes -> {});
      return false;
    } catch (DamagedArchive e) {
      return true;
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);
  }

  private ArchivedVersion archive(CommitId commit) throws IOException {
    try (Claim claim = volume.claim()) {
      return volume.store.archive().take(claim, MODEL, commit, taking("away"), 0, bytes -> {});
    }
  }

  private void bringBack(CommitId commit) throws IOException {
    try (Claim claim = volume.claim()) {
      var unused =
          volume.store.archive().bringBack(claim, MODEL, commit, taking("back"), 0, bytes -> {});
    }
  }

  private static Archive.Taking taking(String job) {
    return new Archive.Taking(RequestId.of("job-" + job), "for a test", Duration.ofDays(3));
  }

  /** Numbers whose exponents are alike and whose mantissas are noise. */
  private static byte[] bf16(int length) {
    Random random = new Random(3);
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at += 2) {
      int bits = Float.floatToIntBits((float) (random.nextGaussian() * 0.02)) >>> 16;
      bytes[at] = (byte) bits;
      bytes[at + 1] = (byte) (bits >>> 8);
    }
    return bytes;
  }
}
