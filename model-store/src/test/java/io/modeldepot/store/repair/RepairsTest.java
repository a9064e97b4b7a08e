package io.modeldepot.store.repair;

import static io.modeldepot.store.StoreFixture.CLOCK;
import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A repair lacks what is bad, and nothing else; stopped anywhere it loses nothing. */
class RepairsTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final int BLOCK = (int) Blocks.SIZE_BYTES;
  private static final RequestId ID = RequestId.of("repair-1");

  private final LinuxCalls linux = new LinuxCalls();
  private Path directory = Path.of("");

  @BeforeEach
  void make() throws IOException {
    directory = Files.createTempDirectory(StoreFixture.places().getLast(), "repair-");
  }

  @AfterEach
  void remove() throws IOException {
    DirectoryTree.remove(linux, directory);
  }

  private static byte[] weights() {
    byte[] bytes = new byte[2 * BLOCK + 4711];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  /** A version with a damaged file of three blocks, the second of which is bad. */
  private Path damaged(String name) throws IOException {
    Path root = directory.resolve(name);
    try (StoreFixture volume = new StoreFixture(root)) {
      volume.publish(FIRST, StoreFixture.files(WEIGHTS, weights(), "config.json", "{}"));
      Path file = volume.layout().tree(MODEL, FIRST).resolve(WEIGHTS);
      volume.calls.chmod(file, 0644);
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.seek(BLOCK + 99);
        open.write(open.read() ^ 4);
      }
      volume.calls.chmod(file, 0444);
    }
    return root;
  }

  private static DownloadRequested command() {
    return new DownloadRequested(
        Optional.of(MODEL),
        Optional.empty(),
        Optional.of(ID),
        Optional.empty(),
        Optional.of(FIRST.value()),
        Optional.empty(),
        List.of(WEIGHTS),
        List.of(),
        Optional.of(LocationName.of("default")),
        Optional.of(DownloadSource.REPAIR),
        Optional.empty(),
        Optional.of(9),
        false,
        false,
        Optional.of("janitor"));
  }

  private static Optional<Repairs.Prepared> prepare(ModelStore store, Claims claims)
      throws IOException {
    Manifest manifest = store.versions().manifest(MODEL, FIRST).orElseThrow();
    List<ManifestFile> files =
        manifest.files().stream().filter(it -> it.path().equals(WEIGHTS)).toList();
    return store.repairs().prepare(claims, command(), manifest, files);
  }

  @Test
  void onlyTheBadBlockIsMissing() throws IOException {
    ModelStore store = ModelStore.open(damaged("volume"));
    try (Claims claims = store.claims("janitor")) {
      Repairs.Prepared prepared = prepare(store, claims).orElseThrow();

      assertThat(prepared.missingBytes()).isEqualTo(BLOCK);
      JournalFile file = theJob(store).files().getFirst();
      assertThat(file.blocksDone()).contains(BlockRanges.of("0,2"));
      assertThat(store.repairs().underWay(MODEL, FIRST)).contains(ID);
      try (Claim claim = claims.takeIfPossible(store.claimPlace(ID)).orElseThrow()) {
        // As a downloader takes it up: every block that the journal calls done is compared.
        var resumed = store.parts().resume(claim, file);
        assertThat(resumed.lostBlocks()).isZero();
        assertThat(resumed.blocksDone()).isEqualTo(BlockRanges.of("0,2"));
      }
    }
  }

  @Test
  void whatTheCacheStillHasIsNotMissing() throws IOException {
    Path root = damaged("volume");
    ModelStore store = ModelStore.open(root);
    // Another version's repair brought the content, and the cache has it.
    Path fresh = Files.write(directory.resolve("volume/downloads/.fresh"), weights());
    var digests = Digests.of(linux, fresh);
    store.blobs().keep(fresh, digests.sha256(), digests.sizeBytes());
    try (Claims claims = store.claims("janitor")) {
      assertThat(prepare(store, claims).orElseThrow().missingBytes()).isZero();
    }
  }

  @Test
  void theSameRepairIsLeftOnce() throws IOException {
    ModelStore store = ModelStore.open(damaged("volume"));
    try (Claims claims = store.claims("janitor")) {
      assertThat(prepare(store, claims)).isPresent();

      assertThat(prepare(store, claims)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void stoppedAfterEveryChangeItIsLeftAgainAndTheVersionIsAsItWas(Trace.End end)
      throws IOException {
    Path before = damaged("before");
    List<String> theDamage = ModelStore.open(before).invariants().brokenAtAnyMoment();
    Path after = directory.resolve("after");
    Trace.copyVolume(linux, before, after);
    RecordingCalls recording = new RecordingCalls(linux, after);
    ModelStore recorded = ModelStore.open(after, Optional.empty(), CLOCK, recording);
    try (Claims claims = recorded.claims("janitor")) {
      assertThat(prepare(recorded, claims)).isPresent();
    }
    Trace trace = recording.trace();
    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = directory.resolve("stopped");
      Trace.copyVolume(linux, before, stopped);
      trace.replay(linux, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length();
      ModelStore store = ModelStore.open(stopped, Optional.empty(), CLOCK, linux);
      assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEqualTo(theDamage);

      leaveAgain(store, moment);

      assertThat(theJob(store).files().getFirst().blocksDone())
          .as(moment)
          .contains(BlockRanges.of("0,2"));
      assertThat(Files.size(store.layout().tree(MODEL, FIRST).resolve(WEIGHTS)))
          .as(moment)
          .isEqualTo(weights().length);
      DirectoryTree.remove(linux, stopped);
    }
  }

  private static void leaveAgain(ModelStore store, String moment) throws IOException {
    AtomicLong nanos = new AtomicLong();
    ClaimTimes times = new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    try (Claims claims = new Claims(store.volume(), "second", times, nanos::get)) {
      var first = prepare(store, claims);
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      if (first.isEmpty() && store.journals().read(ID).isEmpty()) {
        assertThat(prepare(store, claims)).as(moment).isPresent();
      }
    }
  }

  @Test
  void eachCallThatFailsOnceLeavesNothingWrong() throws IOException {
    Path before = damaged("before");
    List<String> theDamage = ModelStore.open(before).invariants().brokenAtAnyMoment();
    for (Errno errno : List.of(Errno.EIO, Errno.ENOSPC, Errno.ESTALE)) {
      boolean failed = true;
      for (int number = 0; failed; number++) {
        Path root = directory.resolve("failing");
        Trace.copyVolume(linux, before, root);
        FaultyCalls calls = new FaultyCalls(linux);
        ModelStore store = ModelStore.open(root, Optional.empty(), CLOCK, calls);
        calls.failOnce(number, errno);
        try (Claims claims = store.claims("janitor")) {
          var unused = prepare(store, claims);
        } catch (IOException refused) {
          assertThat(refused).hasMessageNotContaining("null");
        }
        failed = calls.made() > number;
        calls.heal();
        leaveAgain(store, errno + " at call " + number);
        Journal journal = theJob(store);
        assertThat(journal.state()).isEqualTo(DownloadState.REQUESTED);
        assertThat(store.invariants().brokenAtAnyMoment()).isEqualTo(theDamage);
        DirectoryTree.remove(linux, root);
      }
    }
  }

  @Test
  void aHandLeavesADateAndRotDoesNot() throws IOException {
    Path root = damaged("volume");
    ModelStore store = ModelStore.open(root);
    Path file = store.layout().tree(MODEL, FIRST).resolve(WEIGHTS);
    Files.setLastModifiedTime(
        file,
        java.nio.file.attribute.FileTime.from(
            Files.getLastModifiedTime(store.layout().manifest(MODEL, FIRST))
                .toInstant()
                .minusSeconds(60)));
    assertThat(store.glance().touched(MODEL, FIRST, Optional.empty())).isEmpty();

    Path config = store.layout().tree(MODEL, FIRST).resolve("config.json");
    linux.chmod(config, 0644);
    Files.writeString(config, "[]");
    Files.setLastModifiedTime(
        config,
        java.nio.file.attribute.FileTime.from(
            Files.getLastModifiedTime(store.layout().manifest(MODEL, FIRST))
                .toInstant()
                .plusSeconds(60)));

    assertThat(store.glance().touched(MODEL, FIRST, Optional.empty()))
        .containsExactly("config.json");
    assertThat(store.glance().isWrittenTo(MODEL, FIRST, WEIGHTS, Optional.empty())).isFalse();
    linux.chmod(config, 0444);
  }

  private static Journal theJob(ModelStore store) throws IOException {
    return store.journals().read(ID).orElseThrow();
  }
}
