package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferEngineTest extends Transfers {

  @Test
  void aFileOfSeveralBlocksArrives() {
    Content content = Content.random(3, 3L * BLOCK + 7);

    TransferResult result = transfer(task(BIG, content));

    assertArrived(only(result), content);
  }

  @Test
  void aLargeFileIsVerifiedByItsSha256() {
    FileOutcome.Verified outcome = verified(transfer(task(BIG, Content.random(1, 1000))));

    assertThat(outcome.verifiedBy()).isEqualTo(VerifiedBy.SHA256);
    assertThat(outcome.gitSha1()).isEmpty();
  }

  @Test
  void aSmallFileIsVerifiedByItsGitSha1() {
    Content content = Content.of("{}");

    FileOutcome.Verified outcome = verified(transfer(task(SMALL, content)));

    assertThat(outcome.verifiedBy()).isEqualTo(VerifiedBy.GIT_SHA1);
    assertThat(outcome.gitSha1()).contains(content.gitSha1());
  }

  @Test
  void aFileWithoutAPromisedDigestIsOnlyVerifiedByItself() {
    Content content = Content.of("{}");
    CommitId commit = repository.put(SMALL, content).commit("main");

    FileOutcome.Verified outcome =
        verified(
            transfer(
                task(
                    commit,
                    new RepositoryFile(SMALL, 2, Optional.empty(), Optional.empty()),
                    InheritedBlocks.none())));

    assertThat(outcome.verifiedBy()).isEqualTo(VerifiedBy.SELF);
    assertThat(outcome.sha256()).isEqualTo(content.sha256());
  }

  @Test
  void anEmptyFileIsThereWithoutAQuestion() {
    Content content = Content.of("");

    TransferResult result = transfer(task("empty.txt", content));

    assertArrived(only(result), content);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void aFileOfExactlyOneBlockArrives() {
    Content content = Content.random(4, BLOCK);

    assertArrived(only(transfer(task(BIG, content))), content);
  }

  @Test
  void manySmallFilesArriveInTheOrderOfTheirTasks() {
    FileTask[] tasks =
        IntStream.range(0, 150)
            .mapToObj(i -> task("file-" + i + ".txt", Content.of("content of " + i)))
            .toArray(FileTask[]::new);

    TransferResult result = transfer(tasks);

    assertThat(result.outcomes())
        .extracting(it -> it.file().path())
        .containsExactlyElementsOf(
            IntStream.range(0, 150).mapToObj(i -> "file-" + i + ".txt").toList());
    assertThat(result.allVerified()).isTrue();
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(transfer().outcomes()).isEmpty();
  }

  @Test
  void theBlocksOfAnOutcomeAreThoseOfTheFile() {
    Content content = big();

    FileOutcome.Verified outcome = verified(transfer(task(BIG, content)));

    ByteBuffer expected = ByteBuffer.allocate(3 * Integer.BYTES);
    IntStream.range(0, 3).forEach(block -> expected.putInt(crc(block(content, block))));
    assertThat(Base64.getDecoder().decode(outcome.blocks().crc32c())).isEqualTo(expected.array());
  }

  @Test
  void everyBlockIsInTheJournalWithItsCrc() {
    Content content = big();

    TransferResult unused = transfer(task(BIG, content));

    assertThat(journal.of(BIG))
        .isEqualTo(
            Map.of(
                0, crc(block(content, 0)),
                1, crc(block(content, 1)),
                2, crc(block(content, 2))));
  }

  @Test
  void everyByteIsFetchedOnce() {
    TransferResult result = transfer(task(BIG, big()), task(SMALL, Content.of("{}")));

    assertThat(hub.bytesServed()).isEqualTo(BIG_BYTES + 2);
    assertThat(result.last().fetchedBytes()).isEqualTo(BIG_BYTES + 2);
  }

  @Test
  void anAllocatedPartIsFilledInItsPlace() throws Exception {
    Content content = Content.random(5, 100_000);
    try (RandomAccessFile part = new RandomAccessFile(part(BIG).toFile(), "rw")) {
      part.setLength(100_000);
    }
    Object before = Files.getAttribute(part(BIG), "unix:ino");

    TransferResult result = transfer(task(BIG, content));

    assertArrived(only(result), content);
    assertThat(Files.getAttribute(part(BIG), "unix:ino")).isEqualTo(before);
  }

  @Test
  void rangesOfOneFileComeInAtTheSameTime() throws Exception {
    Content content = Content.random(6, 4L * BLOCK);
    hub.mood(new Mood.Stall(0)).atContentNetwork();
    FileTask task = task(BIG, content);
    FutureTask<TransferResult> running = new FutureTask<>(() -> transfer(task));
    Thread thread = Thread.ofVirtual().start(running);

    await(() -> atContentNetwork().size() >= 4);
    hub.calm();

    assertArrived(only(running.get()), content);
    assertThat(atContentNetwork().subList(0, 4))
        .extracting(it -> it.range().orElseThrow())
        .containsExactlyInAnyOrder(
            "bytes=0-16777215",
            "bytes=16777216-33554431",
            "bytes=33554432-50331647",
            "bytes=50331648-67108863");
    thread.join();
  }

  @Test
  void twoTransfersOfOneEngineDoNotMixTheirFiles() throws Exception {
    Content one = Content.random(7, 3_000_000);
    Content other = Content.random(8, 3_000_000);
    FileTask first = task("one.safetensors", one);
    FileTask second = task("other.safetensors", other);
    TransferEngine engine = engine(settings());
    FutureTask<TransferResult> beside =
        new FutureTask<>(
            () -> engine.transfer(List.of(second), journal, ProgressListener.none(), cancel));
    Thread thread = Thread.ofVirtual().start(beside);

    TransferResult result =
        engine.transfer(List.of(first), journal, ProgressListener.none(), cancel);

    assertArrived(only(result), one);
    assertArrived(only(beside.get()), other);
    thread.join();
  }

  @Test
  void twoTasksOfOnePathAreAFaultOfTheCaller() {
    FileTask task = task(SMALL, Content.of("{}"));

    assertThatThrownBy(() -> transfer(task, task)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoTasksOfOnePartAreAFaultOfTheCaller() {
    FileTask one = task("a.txt", Content.of("a"));
    FileTask other = task("b.txt", Content.of("b"));
    FileTask same =
        FileTask.fresh(other.remote(), one.part().resolveSibling("./" + one.part().getFileName()));

    assertThatThrownBy(() -> transfer(one, same)).isInstanceOf(IllegalArgumentException.class);
  }

  private static FileOutcome.Verified verified(TransferResult result) {
    return (FileOutcome.Verified) only(result);
  }
}
