package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransferResumeTest extends Transfers {

  @Test
  void onlyTheMissingBlocksAreFetched() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 2);

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(hub.bytesServed()).isEqualTo(BLOCK);
    assertThat(atContentNetwork())
        .extracting(HubRequest::range)
        .containsExactly(Optional.of("bytes=16777216-33554431"));
  }

  @Test
  void whatWasThereIsReused() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 2);

    TransferProgress last = transfer(task(BIG, content, there)).last();

    assertThat(last.reusedBytes()).isEqualTo(BLOCK + BLOCK / 2);
    assertThat(last.fetchedBytes()).isEqualTo(BLOCK);
    assertThat(last.doneBytes()).isEqualTo(BIG_BYTES);
  }

  @Test
  void aFileThatIsAllThereIsVerifiedWithoutAQuestion() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 1, 2);

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void anInheritedBlockThatIsDamagedIsFetchedAgainAlone() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 1, 2);
    damage(BIG, BLOCK + 5);

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(hub.bytesServed()).isEqualTo(BLOCK);
  }

  @Test
  void anInheritedBlockThatIsDamagedDoesNotCountAsReused() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 1, 2);
    damage(BIG, BIG_BYTES - 1);

    TransferProgress last = transfer(task(BIG, content, there)).last();

    assertThat(last.reusedBytes()).isEqualTo(2L * BLOCK);
    assertThat(last.fetchedBytes()).isEqualTo(BLOCK / 2);
  }

  @Test
  void whenEveryInheritedBlockIsDamagedTheWholeFileIsFetched() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 1, 2);
    damage(BIG, 0);
    damage(BIG, BLOCK);
    damage(BIG, 2L * BLOCK);

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(hub.bytesServed()).isEqualTo(BIG_BYTES);
    assertThat(result.last().reusedBytes()).isZero();
  }

  @Test
  void aPartThatIsGoneIsFetchedAgain() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 1);
    Files.delete(part(BIG));

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(hub.bytesServed()).isEqualTo(BIG_BYTES);
  }

  @Test
  void aPartThatIsShorterThanItsJournalSaysIsFetchedFromThere() throws Exception {
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 1);
    try (var part = new java.io.RandomAccessFile(part(BIG).toFile(), "rw")) {
      part.setLength(BLOCK + 100);
    }

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(hub.bytesServed()).isEqualTo(BIG_BYTES - BLOCK);
  }

  @Test
  void blocksBeyondTheEndOfTheFileAreIgnored() throws Exception {
    Content content = Content.random(1, 1000);
    InheritedBlocks there = InheritedBlocks.of(Map.of(1, 7, 99, 8));

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(result.last().reusedBytes()).isZero();
  }

  @Test
  void aHubThatIgnoresRangesIsReadPastWhatIsThere() throws Exception {
    hub.mood(new Mood.IgnoreRange()).atContentNetwork();
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0);

    TransferResult result = transfer(task(BIG, content, there));

    assertArrived(only(result), content);
    assertThat(journal.of(BIG)).containsOnlyKeys(1, 2);
  }

  @Test
  void aHubThatIgnoresRangesRepairsADamagedBlockToo() throws Exception {
    hub.mood(new Mood.IgnoreRange()).atContentNetwork();
    Content content = big();
    InheritedBlocks there = leave(BIG, content, 0, 1);
    damage(BIG, BLOCK + 1);

    assertArrived(only(transfer(task(BIG, content, there))), content);
  }

  @Test
  void aTransferThatWasCancelledGoesOnFromItsJournal() {
    Content content = Content.random(1, 4L * BLOCK);
    FileTask task = task(BIG, content);
    KeptJournal kept =
        new KeptJournal() {
          @Override
          public synchronized void blockDone(FileTask file, int block, int crc32c)
              throws java.io.IOException {
            super.blockDone(file, block, crc32c);
            cancel.cancel();
          }
        };
    TransferResult first =
        engine(settings()).transfer(List.of(task), kept, ProgressListener.none(), cancel);

    TransferResult second =
        engine(settings())
            .transfer(
                List.of(new FileTask(task.remote(), task.part(), InheritedBlocks.of(kept.of(BIG)))),
                journal,
                ProgressListener.none(),
                new io.modeldepot.downloader.pace.CancelToken());

    assertThat(only(first)).isInstanceOf(FileOutcome.Stopped.class);
    assertArrived(only(second), content);
    // Not what the hub has sent: of the first transfer it may still be sending.
    assertThat(second.last().fetchedBytes()).isEqualTo((4L - kept.of(BIG).size()) * BLOCK);
  }

  @Test
  void severalFilesGoOnEachFromItsOwnBlocks() throws Exception {
    Content one = Content.random(1, 2L * BLOCK);
    Content other = Content.random(2, 2L * BLOCK);
    InheritedBlocks ofOne = leave("one.safetensors", one, 0);
    InheritedBlocks ofOther = leave("other.safetensors", other, 1);

    TransferResult result =
        transfer(task("one.safetensors", one, ofOne), task("other.safetensors", other, ofOther));

    assertArrived(result.outcomes().get(0), one);
    assertArrived(result.outcomes().get(1), other);
    assertThat(hub.bytesServed()).isEqualTo(2L * BLOCK);
  }
}
