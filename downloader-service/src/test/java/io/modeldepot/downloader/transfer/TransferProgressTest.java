package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransferProgressTest extends Transfers {
  private static final int MIB = 1 << 20;

  static List<Mood> moods() {
    return List.of(
        new Mood.Slow(60L * MIB),
        new Mood.Truncate(3L * MIB),
        new Mood.ShortLength(1),
        new Mood.IgnoreRange(),
        new Mood.Gzip());
  }

  @ParameterizedTest
  @MethodSource("moods")
  void whatIsDoneNeverBecomesLess(Mood mood) {
    hub.mood(mood).atContentNetwork();

    TransferResult unused =
        transfer(task(BIG, big()), task("b.safetensors", Content.random(2, MIB)));

    assertThat(told).extracting(TransferProgress::doneBytes).isSorted();
  }

  @Test
  void whatIsDoneDoesNotBecomeLessWhenTheHubBeginsToIgnoreRanges() {
    Content content = Content.random(1, 6L * BLOCK);
    hub.mood(new Mood.Slow(60L * MIB)).atContentNetwork();
    FileTask task = task(BIG, content);

    TransferResult unused =
        engine(settings())
            .transfer(
                List.of(task),
                (file, block, crc) -> hub.mood(new Mood.IgnoreRange()).atContentNetwork(),
                told::add,
                cancel);

    assertThat(told).extracting(TransferProgress::doneBytes).isSorted();
  }

  @Test
  void theLastWordIsExact() {
    TransferResult result = transfer(task(BIG, big()), task(SMALL, Content.of("{}")));

    TransferProgress last = told.getLast();
    assertThat(last).isEqualTo(result.last());
    assertThat(List.of(last.totalBytes(), last.doneBytes(), last.fetchedBytes()))
        .containsOnly(BIG_BYTES + 2);
    assertThat(List.of(last.filesTotal(), last.filesDone())).containsOnly(2);
    assertThat(last.inFlight()).isEmpty();
  }

  @Test
  void theLastWordOfACancelledTransferIsWhatItsJournalHas() {
    FileTask task = task(BIG, Content.random(1, 4L * BLOCK));
    hub.mood(new Mood.Stall(BLOCK / 2)).atContentNetwork();

    TransferResult result =
        engine(oneConnection())
            .transfer(
                List.of(task),
                journal,
                now -> {
                  if (now.fetchedBytes() >= BLOCK / 2) {
                    cancel.cancel();
                  }
                },
                cancel);

    assertThat(result.last().doneBytes()).isZero();
    assertThat(result.last().fetchedBytes()).isEqualTo(BLOCK / 2);
  }

  @Test
  void aFileThatFailedIsNotDone() {
    hub.mood(new Mood.Corrupt(0)).onPath("bad");

    TransferResult result =
        transfer(
            task("bad.safetensors", Content.random(1, 1000)), task(BIG, Content.random(2, 1000)));

    assertThat(result.last().filesDone()).isEqualTo(1);
  }

  @Test
  void theFilesUnderWayAreShownWithTheirProgress() {
    hub.mood(new Mood.Stall(MIB)).atContentNetwork();
    FileTask task = task(BIG, Content.random(1, 3L * MIB));

    TransferResult unused =
        engine(oneConnection())
            .transfer(
                List.of(task),
                journal,
                now -> {
                  told.add(now);
                  if (now.fetchedBytes() >= MIB) {
                    cancel.cancel();
                  }
                },
                cancel);

    assertThat(told)
        .filteredOn(now -> now.fetchedBytes() == MIB)
        .first()
        .extracting(TransferProgress::inFlight)
        .isEqualTo(List.of(new TransferProgress.InFlight(BIG, 3L * MIB, MIB)));
  }

  @Test
  void onlySomeOfManyFilesAreUnderWay() {
    FileTask[] tasks =
        IntStream.range(0, 100)
            .mapToObj(i -> task("f" + i, Content.of("content " + i)))
            .toArray(FileTask[]::new);

    TransferResult unused = transfer(tasks);

    assertThat(told).allMatch(now -> now.inFlight().size() <= 16);
  }

  @Test
  void progressIsToldAsOftenAsAskedAndNotMore() {
    hub.mood(new Mood.Stall(0)).atContentNetwork();
    long began = System.nanoTime();

    TransferResult unused =
        engine(oneConnection())
            .transfer(
                List.of(task(BIG, Content.random(1, MIB))),
                journal,
                now -> {
                  told.add(now);
                  if (told.size() == 50) {
                    cancel.cancel();
                  }
                },
                cancel);

    // Fifty samples of a millisecond cannot take less than fifty milliseconds.
    assertThat(System.nanoTime() - began).isGreaterThan(49_000_000L);
  }

  @Test
  void aListenerThatFailsEndsTheTransfer() {
    FileTask task = task(BIG, Content.random(1, MIB));
    hub.mood(new Mood.Stall(1000)).atContentNetwork();
    TransferEngine engine = engine(settings());

    assertThatThrownBy(
            () ->
                engine.transfer(
                    List.of(task),
                    journal,
                    now -> {
                      throw new IllegalArgumentException("no");
                    },
                    cancel))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no");
  }

  @Test
  void aFaultOfTheJournalIsNotSwallowed() {
    FileTask task = task(BIG, Content.random(1, 1000));
    TransferEngine engine = engine(settings());

    assertThatThrownBy(
            () ->
                engine.transfer(
                    List.of(task),
                    (file, block, crc) -> {
                      throw new IllegalArgumentException("no");
                    },
                    told::add,
                    cancel))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no");
  }
}
