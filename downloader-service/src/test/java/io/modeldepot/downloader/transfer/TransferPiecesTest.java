package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.Chunker;
import io.modeldepot.store.chunk.Overlap;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An earlier version is here, and of which pieces the new one is made is known. */
class TransferPiecesTest extends Transfers {
  private static final int EDITS = 24;

  private final byte[] base = bytes(big(), 0, BIG_BYTES);
  private final byte[] edited = edited(base);

  /** Some bytes in the middle of the file, and a few more at its start. */
  private static byte[] edited(byte[] base) {
    byte[] edited = new byte[base.length + 13];
    System.arraycopy(base, 0, edited, 13, base.length);
    Random random = new Random(7);
    for (int i = 0; i < EDITS; i++) {
      edited[random.nextInt(edited.length)] ^= 1;
    }
    return edited;
  }

  private static ChunkList list(byte[] file, Sha256 sha256) {
    Chunker chunker = new Chunker(file.length);
    chunker.update(file, 0, file.length);
    return chunker.finish(sha256);
  }

  private FileTask task(byte[] listed) throws Exception {
    Content content = Content.of(edited);
    FileTask whole = task(BIG, content);
    Overlap overlap =
        Overlap.of(list(base, Content.of(base).sha256()), list(listed, content.sha256()));
    Path earlier = Files.write(parts.resolve("earlier"), base);
    return new FileTask(
        whole.remote(),
        whole.part(),
        whole.inherited(),
        Optional.of(new KnownPieces(overlap, earlier)));
  }

  private static long lacking(FileTask task) {
    return task.sizeBytes() - task.known().orElseThrow().overlap().sharedBytes();
  }

  @Test
  void onlyThePiecesThatAreLackingAreFetched() throws Exception {
    FileTask task = task(edited);
    TransferResult result = transfer(task);

    assertArrived(only(result), Content.of(edited));
    assertThat(result.last().fetchedBytes()).isEqualTo(lacking(task));
    assertThat(result.last().copiedBytes()).isEqualTo(task.sizeBytes() - lacking(task));
    assertThat(lacking(task)).isLessThan((EDITS + 2L) * ChunkList.LONGEST_BYTES);
  }

  @Test
  void everyBlockIsJournaledWithItsOwnDigest() throws Exception {
    FileTask task = task(edited);
    TransferResult unused = transfer(task);

    Map<Integer, Integer> expected = new TreeMap<>();
    for (int block = 0; block < 3; block++) {
      expected.put(block, crc(block(Content.of(edited), block)));
    }
    assertThat(journal.of(BIG)).isEqualTo(expected);
  }

  @Test
  void itGoesOnWhereAnotherRunEnded() throws Exception {
    FileTask task = task(edited);
    InheritedBlocks left = leave(BIG, Content.of(edited), 0, 2);
    TransferResult result = transfer(new FileTask(task.remote(), task.part(), left, task.known()));

    assertArrived(only(result), Content.of(edited));
    assertThat(result.last().copiedBytes() + result.last().fetchedBytes()).isEqualTo(BLOCK);
  }

  @Test
  void aConnectionThatBreaksInTheMiddleOfAPieceIsMadeAgain() throws Exception {
    FileTask task = task(edited);
    hub.mood(new Mood.Truncate(10_000)).times(3);

    assertArrived(only(transfer(task)), Content.of(edited));
  }

  @Test
  void anEarlierVersionThatIsDamagedIsNotTakenFrom() throws Exception {
    FileTask task = task(edited);
    byte[] rotten = base.clone();
    rotten[BLOCK / 2] ^= 1;
    rotten[BLOCK + 5] ^= 1;
    Files.write(task.known().orElseThrow().base(), rotten);
    TransferResult result = transfer(task);

    assertArrived(only(result), Content.of(edited));
    assertThat(result.last().fetchedBytes() - lacking(task))
        .isBetween(2L, 2L * ChunkList.LONGEST_BYTES);
  }

  @Test
  void anEarlierVersionThatIsGoneOrCutOffSavesNothing() throws Exception {
    FileTask task = task(edited);
    Files.write(task.known().orElseThrow().base(), new byte[100]);
    assertArrived(only(transfer(task)), Content.of(edited));

    Files.delete(task.known().orElseThrow().base());
    Files.delete(task.part());
    TransferResult result = transfer(task);

    assertArrived(only(result), Content.of(edited));
    assertThat(result.last().fetchedBytes()).isEqualTo(edited.length);
  }

  @Test
  void aWrongPieceIsSeenBeforeTheWholeIsIn() throws Exception {
    FileTask task = task(edited);
    long wrong = task.known().orElseThrow().overlap().runs().getFirst().at() / 2;
    hub.mood(new Mood.Corrupt(wrong)).onPath(BIG);

    assertThat(only(transfer(task))).isInstanceOf(FileOutcome.Mismatched.class);
  }

  @Test
  void aListThatLiesIsFoundOutByTheDigestOfTheWhole() throws Exception {
    byte[] lie = edited.clone();
    Arrays.fill(lie, 0, 1 << 20, (byte) 0);
    System.arraycopy(base, 0, lie, 0, 1 << 20);

    assertThat(only(transfer(task(lie)))).isInstanceOf(FileOutcome.Mismatched.class);
  }

  @Test
  void aHubThatIgnoresRangesSendsEverythingOnce() throws Exception {
    FileTask task = task(edited);
    hub.mood(new Mood.IgnoreRange());

    assertArrived(only(transfer(oneConnection(), task)), Content.of(edited));
  }

  @Test
  void whatLacksInManyPlacesIsAskedForAtOnce() throws Exception {
    FileTask task = task(edited);
    TransferResult result = transfer(oneConnection(), task);

    assertArrived(only(result), Content.of(edited));
    assertThat(asked()).hasSizeLessThanOrEqualTo(3).anyMatch(range -> range.contains(","));
    assertThat(places(task)).isGreaterThan(10);
  }

  @Test
  void whoAnswersSeveralPlacesWithEverythingIsAskedForOneAfterTheOther() throws Exception {
    FileTask task = task(edited);
    hub.mood(new Mood.OneRangeOnly());
    TransferResult result = transfer(oneConnection(), task);

    assertArrived(only(result), Content.of(edited));
    assertThat(result.last().fetchedBytes()).isEqualTo(lacking(task));
    assertThat(asked()).filteredOn(range -> range.contains(",")).hasSize(1);
  }

  @Test
  void anAnswerOfSeveralPlacesThatBreaksInItsMiddleGoesOnThere() throws Exception {
    FileTask task = task(edited);
    hub.mood(new Mood.Truncate(lacking(task) / 2)).onPath(BIG).times(1);
    TransferResult result = transfer(oneConnection(), task);

    assertArrived(only(result), Content.of(edited));
    assertThat(result.last().fetchedBytes()).isEqualTo(lacking(task));
  }

  private List<String> asked() {
    return hub.requests().stream()
        .flatMap(request -> request.range().stream())
        .filter(range -> !range.isEmpty())
        .distinct()
        .toList();
  }

  private static long places(FileTask task) {
    return task.known().orElseThrow().overlap().runs().size();
  }
}
