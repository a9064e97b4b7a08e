package io.modeldepot.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.blob.BlockCrcs;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.journal.PartResume.Resumed;
import io.modeldepot.store.volume.VolumeFixtures;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartResumeTest {
  private static final RequestId JOB = RequestId.of("job-1");
  private static final int SIZE = 3 * Blocks.SIZE_BYTES + 1000;
  private static final byte[] CONTENT = new byte[SIZE];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  @TempDir Path directory;
  private StoreFixture volume;
  private Claim claim;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    volume.claims.create(volume.store.claimPlace(JOB));
    claim = volume.claims.take(volume.store.claimPlace(JOB)).orElseThrow();
  }

  @AfterEach
  void tearDown() throws IOException {
    volume.close();
  }

  @Test
  void aNewPartHasItsSpaceReserved() throws IOException {
    Path part = volume.store.parts().allocate(claim, "parts/0001", SIZE);

    assertThat(part).isEqualTo(claim.work().resolve("parts/0001"));
    assertThat(Files.size(part)).isEqualTo(SIZE);
    assertThat(volume.calls.stat(part).orElseThrow().allocatedBytes()).isGreaterThanOrEqualTo(SIZE);
  }

  @Test
  void aPartThatDoesNotFitLeavesNothing() throws IOException {
    assertThatThrownBy(() -> volume.store.parts().allocate(claim, "parts/0001", 1L << 42))
        .isInstanceOfSatisfying(
            FileCallFailed.class, full -> assertThat(full.errno()).isEqualTo(Errno.ENOSPC));
    assertThat(volume.calls.list(claim.work().resolve("parts"))).isEmpty();
  }

  @Test
  void startingAgainMeansANewFile() throws IOException {
    Path part = volume.store.parts().allocate(claim, "parts/0001", SIZE);
    var before = volume.calls.stat(part).orElseThrow();
    try (FileChannel late = FileChannel.open(part, StandardOpenOption.WRITE)) {
      volume.store.parts().allocate(claim, "parts/0001", SIZE);
      late.write(ByteBuffer.wrap(new byte[] {1}), 0);
    }

    assertThat(volume.calls.stat(part).orElseThrow().sameFileAs(before)).isFalse();
    assertThat(Files.readAllBytes(part)[0]).isZero();
  }

  @Test
  void blocksThatAreWhatTheJournalSaysAreKept() throws IOException {
    write(CONTENT);
    Resumed resumed = volume.store.parts().resume(claim, journaled("0-1,3"));

    assertThat(resumed.blocksDone()).hasToString("0-1,3");
    assertThat(resumed.lostBlocks()).isZero();
    assertThat(resumed.superseded()).isEmpty();
  }

  @Test
  void aBlockThatIsNotWhatTheJournalSaysIsFetchedAgain() throws IOException {
    byte[] damaged = CONTENT.clone();
    damaged[Blocks.SIZE_BYTES + 5] ^= 1;
    write(damaged);
    Resumed resumed = volume.store.parts().resume(claim, journaled("0-3"));

    assertThat(resumed.blocksDone()).hasToString("0,2-3");
    assertThat(resumed.lostBlocks()).isEqualTo(1);
  }

  @Test
  void blocksOfAFileThatBecameShorterAreFetchedAgain() throws IOException {
    write(java.util.Arrays.copyOf(CONTENT, 2 * Blocks.SIZE_BYTES));
    Resumed resumed = volume.store.parts().resume(claim, journaled("0-3"));

    assertThat(resumed.blocksDone()).hasToString("0-1");
  }

  @Test
  void aPartThatIsGoneIsBegunAgain() throws IOException {
    Resumed resumed = volume.store.parts().resume(claim, journaled("0-3"));

    assertThat(resumed.blocksDone()).isEqualTo(BlockRanges.NONE);
    assertThat(resumed.lostBlocks()).isEqualTo(4);
    assertThat(resumed.part()).exists();
  }

  @Test
  void aJournalThatClaimsMoreBlocksThanThereAreIsNotBelieved() throws IOException {
    write(CONTENT);

    assertThat(volume.store.parts().resume(claim, journaled("0-9")).blocksDone())
        .hasToString("0-3");
  }

  @Test
  void aFileThatSomebodyStillWritesIsCopiedAndNeverPublished() throws IOException {
    Path part = write(CONTENT);
    try (FileChannel late = FileChannel.open(part, StandardOpenOption.WRITE)) {
      Resumed resumed = volume.store.parts().resume(claim, journaled("0-3"));
      late.write(ByteBuffer.wrap(new byte[] {99}), 0);

      assertThat(resumed.superseded()).contains(part);
      assertThat(resumed.name()).isEqualTo("parts/0001-w2");
      assertThat(Files.readAllBytes(resumed.part())).isEqualTo(CONTENT);
    }
  }

  @Test
  void onANetworkFileSystemAnInheritedFileIsCopiedOnceAfterATakeover() throws IOException {
    PartResume resume = new PartResume(VolumeFixtures.onTheNetwork(volume.store.volume()));
    write(CONTENT);
    assertThat(resume.resume(claim, journaled("0-3")).superseded()).isEmpty();
    Claim successor = VolumeFixtures.takeOver(volume.store.volume(), claim);

    Resumed first = resume.resume(successor, journaled("0-3"));
    Resumed second = resume.resume(successor, journaled(first.name(), "0-3"));

    assertThat(first.superseded()).isPresent();
    assertThat(second.superseded()).isEmpty();
    assertThat(second.blocksDone()).hasToString("0-3");
    successor.close();
  }

  @Test
  void aHolderThatDiesBeforeTheJournalNamesTheCopyLosesNoBlock() throws IOException {
    Path part = write(CONTENT);
    try (FileChannel late = FileChannel.open(part, StandardOpenOption.WRITE)) {
      Resumed unheard = volume.store.parts().resume(claim, journaled("0-3"));
      Resumed again = volume.store.parts().resume(claim, journaled("0-3"));

      assertThat(late.isOpen()).isTrue();
      assertThat(unheard.blocksDone()).hasToString("0-3");
      assertThat(again.blocksDone()).hasToString("0-3");
      assertThat(Files.readAllBytes(again.part())).isEqualTo(CONTENT);
    }
  }

  @Test
  void partsThatNoJournalNamesAreRemoved() throws IOException {
    Path named = write(CONTENT);
    Path orphan = volume.store.parts().allocate(claim, "parts/0001-w2", SIZE);
    volume.store.parts().removeOthers(claim, Set.of("parts/0001"));

    assertThat(orphan).doesNotExist();
    assertThat(named).exists();
  }

  @Test
  void aTakeoverIsRememberedAlsoAfterTheClaimWasFree() throws IOException {
    write(CONTENT);
    boolean before = PartResume.isInherited(claim, "parts/0001");
    VolumeFixtures.takeOver(volume.store.volume(), claim).close();
    Claim next = volume.claims.take(volume.store.claimPlace(JOB)).orElseThrow();

    assertThat(before).isFalse();
    assertThat(next.origin()).isEqualTo(Claim.Origin.TAKEN);
    assertThat(PartResume.isInherited(next, "parts/0001")).isTrue();
    assertThat(PartResume.isInherited(next, "parts/0001-w2")).isFalse();
  }

  @Test
  void aPartMayNotLeaveItsClaim() {
    assertThatThrownBy(() -> volume.store.parts().allocate(claim, "../../x", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path write(byte[] bytes) throws IOException {
    Path part = volume.store.parts().allocate(claim, "parts/0001", bytes.length);
    try (OpenFile open = new LinuxCalls().openForWriting(part)) {
      open.write(ByteBuffer.wrap(bytes), 0);
    }
    return part;
  }

  private static JournalFile journaled(String blocks) {
    return journaled("parts/0001", blocks);
  }

  private static JournalFile journaled(String part, String blocks) {
    BlockCrcs crcs = BlockCrcs.empty(SIZE);
    for (int block = 0; block < crcs.count(); block++) {
      int from = block * Blocks.SIZE_BYTES;
      int length = Math.min(Blocks.SIZE_BYTES, SIZE - from);
      crcs.set(block, BlockCrcs.crc32c(ByteBuffer.wrap(CONTENT, from, length)));
    }
    return new JournalFile(
        "model.safetensors",
        SIZE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(part),
        Optional.of(BlockRanges.of(blocks)),
        Optional.of(crcs.toBlocks().crc32c()),
        false,
        0);
  }
}
