package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.testkit.hub.Content;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A job that another downloader gave back is taken and goes on where it was. */
@QuarkusTest
class GivenBackTest extends House {
  private static final long SIZE = 2 * Blocks.SIZE_BYTES + 4_321;

  private final Content content = Content.random(99, SIZE);

  private CommitId repository(String model) {
    CommitId commit = hub.repository("org/" + model).put("model.bin", content).commit("main");
    describe(model);
    return commit;
  }

  private static DownloadRequested command(String id, String model) {
    return DownloadRequested.of(ModelName.of(model)).withRequestId(RequestId.of(id));
  }

  /** The file, with these blocks done and everything else of its part empty. */
  private JournalFile file(byte[] bytes, int... blocks) {
    BitSet done = new BitSet();
    for (int block : blocks) {
      done.set(block);
    }
    return new JournalFile(
        "model.bin",
        SIZE,
        Optional.of(content.sha256()),
        Optional.empty(),
        Optional.empty(),
        Optional.of("parts/0001"),
        Optional.of(BlockRanges.of(done)),
        Optional.of(digests(bytes).blocks().crc32c()),
        false,
        0);
  }

  private static FileDigests digests(byte[] bytes) {
    Digester digester = Digester.sha256(bytes.length);
    digester.update(ByteBuffer.wrap(bytes));
    return digester.finish();
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    content.write(0, SIZE, all);
    return all.toByteArray();
  }

  @Test
  void aTransferFetchesTheBlocksThatAreMissing() throws Exception {
    CommitId commit = repository("half-way");
    byte[] part = bytes();
    HandmadeJob.of(command("gb-half", "half-way"), ModelName.of("half-way"))
        .at(commit)
        .put(file(part, 0, 2), part)
        .leave(store, DownloadState.TRANSFERRING);

    Ear.Heard end = done("gb-half");

    assertThat(end.number("/fetchedBytes")).isEqualTo(Blocks.SIZE_BYTES);
    assertThat(end.number("/sequence")).isGreaterThan(1_000_000);
    assertThat(findings("half-way", commit)).isEmpty();
  }

  @Test
  void aBlockThatIsNotWhatTheJournalSaysIsFetchedAgain() throws Exception {
    CommitId commit = repository("half-true");
    byte[] part = bytes();
    JournalFile said = file(part, 0, 1, 2);
    part[5] ^= 1;
    HandmadeJob.of(command("gb-true", "half-true"), ModelName.of("half-true"))
        .at(commit)
        .put(said, part)
        .leave(store, DownloadState.TRANSFERRING);

    Ear.Heard end = done("gb-true");

    assertThat(end.number("/fetchedBytes")).isEqualTo(Blocks.SIZE_BYTES);
    assertThat(findings("half-true", commit)).isEmpty();
  }

  @Test
  void whatWasAllVerifiedIsPublishedWithoutAnotherByte() throws Exception {
    CommitId commit = repository("unpublished");
    byte[] part = bytes();
    HandmadeJob.of(command("gb-publish", "unpublished"), ModelName.of("unpublished"))
        .at(commit)
        .put(file(part, 0, 1, 2), part)
        .leave(store, DownloadState.PUBLISHING);

    assertThat(done("gb-publish").text("/commit")).isEqualTo(commit.value());

    assertThat(hub.bytesServed()).isZero();
    assertThat(findings("unpublished", commit)).isEmpty();
  }

  @Test
  void anEndThatWasDecidedIsToldAndItsClaimRemoved() throws Exception {
    CommitId commit = repository("ended");
    HandmadeJob.of(command("gb-ended", "ended"), ModelName.of("ended"))
        .at(commit)
        .leave(store, DownloadState.CANCELLED);

    assertThat(ended("gb-ended").text("/state")).isEqualTo("cancelled");
    until("the claim is gone", () -> !root.resolve("downloads/gb-ended").toFile().exists());
  }

  @Test
  void aCommandForAJobThatIsUnderWayAlreadyChangesNothing() throws Exception {
    repository("known-already");
    HandmadeJob.of(command("gb-known", "known-already"), ModelName.of("known-already"))
        .leave(store, DownloadState.REQUESTED);

    ask("gb-known", "known-already");

    assertThat(done("gb-known").text("/state")).isEqualTo(DONE);
    awaitIntake();
    assertThat(
            ear.all(
                "download-requested.dead-letter", it -> it.text("/requestId").equals("gb-known")))
        .isEmpty();
  }
}
