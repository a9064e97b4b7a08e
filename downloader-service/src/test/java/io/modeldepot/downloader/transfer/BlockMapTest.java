package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.transfer.BlockMap.Run;
import io.modeldepot.events.terms.Blocks;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockMapTest {
  private static final long BLOCK = Blocks.SIZE_BYTES;
  private static final int FAR = 1000;

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "16777215, 1", "16777216, 1", "16777217, 2", "167772160, 10"})
  void aFileHasAsManyBlocksAsItsBytesNeed(long sizeBytes, int count) {
    assertThat(fresh(sizeBytes).count()).isEqualTo(count);
  }

  @Test
  void theLastBlockHasWhatIsLeft() {
    BlockMap map = fresh(2 * BLOCK + 5);

    assertThat(map.sizeBytes(1)).isEqualTo((int) BLOCK);
    assertThat(map.sizeBytes(2)).isEqualTo(5);
  }

  @Test
  void blocksAreHandedOutFromTheFrontAndOnce() {
    BlockMap map = fresh(3 * BLOCK);

    assertThat(map.take(1, FAR, 1)).contains(new Run(0, 1));
    assertThat(map.take(1, FAR, 1)).contains(new Run(1, 2));
    assertThat(map.take(1, FAR, 1)).contains(new Run(2, 3));
    assertThat(map.take(1, FAR, 1)).isEmpty();
  }

  @Test
  void aRunIsNoLongerThanAsked() {
    assertThat(fresh(10 * BLOCK).take(4, FAR, 1)).contains(new Run(0, 4));
  }

  @Test
  void theRestIsSplitAmongTheConnections() {
    assertThat(fresh(4 * BLOCK).take(4, FAR, 4)).contains(new Run(0, 1));
  }

  @Test
  void aRunEndsWhereSomethingIsThere() {
    BlockMap map = new BlockMap(5 * BLOCK, InheritedBlocks.of(Map.of(2, 7)));

    assertThat(map.take(4, FAR, 1)).contains(new Run(0, 2));
    assertThat(map.take(4, FAR, 1)).contains(new Run(3, 5));
  }

  @Test
  void nothingIsHandedOutFurtherThanTheWindowBeforeTheHasher() {
    BlockMap map = fresh(10 * BLOCK);
    Optional<Run> unused = map.take(4, 3, 1);

    assertThat(unused).contains(new Run(0, 3));
    assertThat(map.take(4, 3, 1)).isEmpty();
  }

  @Test
  void theWindowMovesWithTheHasher() {
    BlockMap map = fresh(10 * BLOCK);
    Optional<Run> unused = map.take(4, 3, 1);
    map.written(0, 1);
    map.hashed(0);

    assertThat(map.take(4, 3, 1)).contains(new Run(3, 4));
  }

  @Test
  void whatWasGivenBackIsHandedOutAgain() {
    BlockMap map = fresh(4 * BLOCK);
    Run run = map.take(3, FAR, 1).orElseThrow();
    map.written(0, 1);

    map.giveBack(run);

    assertThat(map.take(4, FAR, 1)).contains(new Run(1, 4));
  }

  @Test
  void blocksAreHashedInTheOrderOfTheFile() {
    BlockMap map = fresh(2 * BLOCK);
    Optional<Run> unused = map.take(2, FAR, 1);
    map.written(1, 1);

    assertThat(map.hashable()).isEmpty();
    map.written(0, 1);
    assertThat(map.hashable()).contains(0);
    map.hashed(0);
    assertThat(map.hashable()).contains(1);
  }

  @Test
  void anInheritedBlockIsHashableAndHasToBeCompared() {
    BlockMap map = new BlockMap(BLOCK, InheritedBlocks.of(Map.of(0, 99)));

    assertThat(map.hashable()).contains(0);
    assertThat(map.inherited(0)).isTrue();
    assertThat(map.crc32c(0)).isEqualTo(99);
  }

  @Test
  void aBadInheritedBlockIsMissing() {
    BlockMap map = new BlockMap(BLOCK, InheritedBlocks.of(Map.of(0, 99)));

    map.lost(0);

    assertThat(map.hashable()).isEmpty();
    assertThat(map.doneBytes()).isZero();
    assertThat(map.take(1, FAR, 1)).contains(new Run(0, 1));
  }

  @Test
  void whatIsThereIsDone() {
    BlockMap map = new BlockMap(3 * BLOCK + 10, InheritedBlocks.of(Map.of(3, 1)));
    Optional<Run> unused = map.take(1, FAR, 1);
    map.written(0, 2);

    assertThat(map.doneBytes()).isEqualTo(BLOCK + 10);
  }

  @Test
  void anEmptyFileIsHashedAtOnce() {
    assertThat(fresh(0).allHashed()).isTrue();
  }

  private static BlockMap fresh(long sizeBytes) {
    return new BlockMap(sizeBytes, InheritedBlocks.none());
  }
}
