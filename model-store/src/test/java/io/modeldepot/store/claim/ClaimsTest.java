package io.modeldepot.store.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim.Origin;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.OpenFile;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimsTest {
  private static final ClaimTimes TIMES =
      new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));

  @TempDir Path directory;
  private StoreFixture volume;
  private Path place;
  private Claims one;
  private Claims other;
  private final AtomicLong othersNanos = new AtomicLong();

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    place = volume.layout().downloads().resolve("job-1");
    one = new Claims(volume.store.volume(), "downloader-1", TIMES, () -> 0);
    other = new Claims(volume.store.volume(), "downloader-2", TIMES, othersNanos::get);
  }

  @AfterEach
  void invariantsHold() throws IOException {
    one.close();
    other.close();
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void aClaimIsMadeOnceAndFree() throws IOException {
    assertThat(one.create(place)).isTrue();
    assertThat(other.create(place)).isFalse();
    assertThat(one.observe(place)).isEqualTo(new Observation.Free());
    assertThat(volume.calls.list(place)).containsExactly("free");
  }

  @Test
  void aClaimThatIsNotThereCannotBeTaken() throws IOException {
    assertThat(one.take(place)).isEmpty();
    assertThat(one.observe(place)).isEqualTo(new Observation.Absent());
  }

  @Test
  void aTakenClaimBearsItsHoldersNameAndNobodyElseGetsIt() throws IOException {
    one.create(place);
    Claim claim = one.take(place).orElseThrow();

    assertThat(claim.origin()).isEqualTo(Origin.TAKEN);
    assertThat(volume.calls.list(place)).containsExactly(claim.holder().toString());
    assertThat(claim.holder().toString()).matches("downloader-1-[0-9a-f]{8}");
    assertThat(other.takeIfPossible(place)).isEmpty();
  }

  @Test
  void aDirectoryThatIsNoClaimIsUnclearAndNobodyTakesIt() throws IOException {
    Path empty = Files.createDirectory(volume.layout().downloads().resolve("test"));
    Path full = Files.createDirectory(volume.layout().downloads().resolve("mine"));
    Files.writeString(full.resolve("a"), "a");
    Files.writeString(full.resolve("b"), "b");
    Path foreign = Files.createDirectory(volume.layout().downloads().resolve("other"));
    Files.writeString(foreign.resolve("notes-01234567"), "a file");

    for (Path stray : List.of(empty, full, foreign)) {
      assertThat(one.observe(stray)).isInstanceOf(Observation.Unclear.class);
      assertThat(one.takeIfPossible(stray)).isEmpty();
      DirectoryTree.remove(volume.calls, stray);
    }
  }

  @Test
  void aClaimThatMayNotBeReadIsUnclear() throws IOException {
    one.create(place);
    FaultyCalls calls = new FaultyCalls(volume.calls);
    Claims claims =
        new Claims(Volume.open(directory, Optional.empty(), calls), "x", TIMES, () -> 0);
    calls.fail(
        (made, call, path) -> path.equals(place) ? Optional.of(Errno.EACCES) : Optional.empty());

    assertThat(claims.observe(place)).isInstanceOf(Observation.Unclear.class);
  }

  @Test
  void waitingForWhatIsNoClaimSaysSo() throws IOException {
    Files.createDirectory(place);

    assertThatThrownBy(() -> one.await(place, Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not one entry");
    Files.delete(place);
  }

  @Test
  void aTakeoverThatCannotBeEnteredDoesNotLookLikeAFreeClaim() throws IOException {
    abandoned();
    FaultyCalls calls = new FaultyCalls(volume.calls);
    Claims claims =
        new Claims(Volume.open(directory, Optional.empty(), calls), "x", TIMES, othersNanos::get);
    claims.observe(place);
    othersNanos.addAndGet(Duration.ofSeconds(31).toNanos());
    calls.fail(
        (made, call, path) ->
            path.endsWith("beat") && call.equals("openForWriting")
                ? Optional.of(Errno.EIO)
                : Optional.empty());

    assertThatThrownBy(() -> claims.takeOver(place)).isInstanceOf(FileCallFailed.class);
    assertThat(volume.calls.list(place)).doesNotContain("free");
  }

  @Test
  void workThatCannotBeRemovedDoesNotStopTheNextOne() throws IOException {
    FaultyCalls calls = new FaultyCalls(volume.calls);
    Claims claims =
        new Claims(Volume.open(directory, Optional.empty(), calls), "x", TIMES, () -> 0);
    claims.create(place);
    Claim claim = claims.take(place).orElseThrow();
    Path stuck = Files.writeString(claim.work().resolve(".nfs0001"), "open elsewhere");
    calls.fail(
        (made, call, path) ->
            call.equals("unlink") && path.equals(stuck)
                ? Optional.of(Errno.EBUSY)
                : Optional.empty());

    assertThat(claim.freshWork()).isEmptyDirectory();
    assertThat(stuck).doesNotExist();
    assertThat(volume.calls.list(volume.layout().trash())).hasSize(1);
    claims.close();
  }

  @Test
  void aReleasedClaimIsFreeAndKeepsItsWork() throws IOException {
    one.create(place);
    try (Claim claim = one.take(place).orElseThrow()) {
      Files.writeString(claim.work().resolve("part"), "x");
    }
    Claim next = other.take(place).orElseThrow();

    assertThat(next.work().resolve("part")).hasContent("x");
    assertThat(next.workNumber()).isEqualTo(1);
  }

  @Test
  void aHolderThatBeatsIsNotTakenOver() throws IOException {
    one.create(place);
    Claim claim = one.take(place).orElseThrow();
    for (int i = 0; i < 20; i++) {
      assertThat(other.takeIfPossible(place)).isEmpty();
      othersNanos.addAndGet(Duration.ofSeconds(29).toNanos());
      claim.beat();
    }
  }

  @Test
  void aHolderThatStandsStillIsTakenOverWithItsWorkInANewDirectory() throws IOException {
    Claim late = abandoned();
    Files.createDirectories(late.work().resolve("parts"));
    Files.writeString(late.work().resolve("parts/0001"), "x");
    Claim claim = other.takeOver(place).orElseThrow();

    assertThat(claim.origin()).isEqualTo(Origin.TAKEN_OVER);
    assertThat(claim.work().getFileName()).hasToString("w2");
    assertThat(claim.work().resolve("parts/0001")).hasContent("x");
  }

  @Test
  void thirtySecondsAreCountedFromTheFirstLook() throws IOException {
    one.create(place);
    assertThat(one.take(place)).isPresent();
    othersNanos.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(other.takeOver(place)).isEmpty();
    othersNanos.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(other.takeOver(place)).isEmpty();
    othersNanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(other.takeOver(place)).isPresent();
  }

  @Test
  void theLosersPathsNoLongerExist() throws IOException {
    Claim late = abandoned();
    SafeFile.write(volume.calls, late.work().resolve("part"), new byte[1], 0644);
    assertThat(other.takeOver(place)).isPresent();

    assertThatThrownBy(
            () ->
                late.guard(
                    () -> {
                      volume.calls.rename(late.work().resolve("part"), directory.resolve("x"));
                      return late;
                    }))
        .isInstanceOf(ClaimLost.class);
    assertThatThrownBy(late::beat).isInstanceOf(ClaimLost.class);
    assertThat(late.isOver()).isTrue();
    assertThat(one.held()).isEmpty();
  }

  @Test
  void aMissingFileOfOnesOwnIsNotALostClaim() throws IOException {
    one.create(place);
    Claim claim = one.take(place).orElseThrow();

    assertThatThrownBy(
            () ->
                claim.guard(
                    () -> {
                      volume.calls.unlink(claim.work().resolve("missing"));
                      return claim;
                    }))
        .isInstanceOfSatisfying(
            FileCallFailed.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void releasingALostClaimDisturbsNobody() throws IOException {
    Claim late = abandoned();
    Claim claim = other.takeOver(place).orElseThrow();
    late.close();

    assertThat(volume.calls.list(place)).containsExactly(claim.holder().toString());
  }

  @Test
  void aDissolvedClaimIsGoneWithItsWork() throws IOException {
    one.create(place);
    Claim claim = one.take(place).orElseThrow();
    Files.writeString(claim.work().resolve("part"), "x");
    claim.dissolve();

    assertThat(one.observe(place)).isEqualTo(new Observation.Absent());
    assertThat(volume.calls.list(volume.layout().downloads())).isEmpty();
  }

  @Test
  void aLoserCannotDissolveWhatIsNotItsOwn() throws IOException {
    Claim late = abandoned();
    Claim claim = other.takeOver(place).orElseThrow();

    assertThatThrownBy(late::dissolve).isInstanceOf(ClaimLost.class);
    assertThat(claim.stillHeld()).isTrue();
  }

  @Test
  void aTakeoverThatWasInterruptedLosesNoWork() throws IOException {
    Claim late = abandoned();
    Files.writeString(late.work().resolve("a"), "a");
    Files.writeString(late.work().resolve("b"), "b");
    // The successor made its directory, moved one of two entries, and died.
    Files.createDirectory(late.directory().resolve("w2"));
    Files.move(late.work().resolve("a"), late.directory().resolve("w2/a"));
    Claim claim = other.takeOver(place).orElseThrow();

    assertThat(volume.calls.list(claim.work())).containsExactly("a", "b");
    assertThat(volume.calls.list(claim.directory())).containsExactly("beat", "w3");
  }

  @Test
  void anOpenFileOutlivesATakeoverWhichIsWhyALeaseIsAskedFor() throws IOException {
    Claim late = abandoned();
    Path part = late.work().resolve("part");
    volume.calls.create(part, 0644).close();
    try (OpenFile open = volume.calls.openForWriting(part)) {
      Claim claim = other.takeOver(place).orElseThrow();
      open.write(ByteBuffer.wrap(new byte[] {7}), 0);

      assertThat(Files.size(claim.work().resolve("part"))).isEqualTo(1);
      assertThat(volume.calls.mayHaveWriter(claim.work().resolve("part"))).isTrue();
    }
  }

  @Test
  void closingReleasesEverythingThatIsHeld() throws IOException {
    one.create(place);
    assertThat(one.take(place)).isPresent();
    one.close();

    assertThat(other.observe(place)).isEqualTo(new Observation.Free());
  }

  @Test
  void networkFileSystemsGetThreeTimesAsLong() {
    var local = new io.modeldepot.events.state.Capabilities(true, true, false, true, false);
    var network = new io.modeldepot.events.state.Capabilities(true, false, false, false, true);

    assertThat(ClaimTimes.of(local).takeover()).isEqualTo(Duration.ofSeconds(30));
    assertThat(ClaimTimes.of(network).takeover()).isEqualTo(Duration.ofSeconds(90));
  }

  /** A claim of the first that the other has watched standing still for long enough. */
  private Claim abandoned() throws IOException {
    one.create(place);
    Claim claim = one.take(place).orElseThrow();
    assertThat(other.observe(place)).isInstanceOf(Observation.Held.class);
    othersNanos.addAndGet(Duration.ofSeconds(30).toNanos());
    return claim;
  }
}
