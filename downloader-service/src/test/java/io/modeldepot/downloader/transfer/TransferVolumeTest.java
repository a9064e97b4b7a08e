package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferVolumeTest extends Transfers {

  @Test
  void aPartInADirectoryThatIsNotThereIsTheVolumesFault() {
    FileTask task = task(BIG, Content.random(1, 1000));
    FileTask lost = FileTask.fresh(task.remote(), parts.resolve("gone/0001"));

    TransferFailure failure = failure(only(transfer(lost)));

    assertThat(failure).isInstanceOf(TransferFailure.AtVolume.class);
    assertThat(failure.problem().code()).isEqualTo(ProblemCode.VOLUME_ERROR);
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void aPartThatIsADirectoryIsTheVolumesFault() throws Exception {
    Files.createDirectory(part(BIG));

    assertThat(failure(only(transfer(task(BIG, Content.random(1, 1000))))))
        .isInstanceOf(TransferFailure.AtVolume.class);
  }

  @Test
  void aFullDiskIsNoSpaceAndMayPass() {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    FileTask task = task(BIG, Content.random(1, 1000));

    TransferFailure failure = failure(only(transfer(FileTask.fresh(task.remote(), full))));

    assertThat(failure).isInstanceOf(TransferFailure.NoSpace.class);
    assertThat(failure.problem().code()).isEqualTo(ProblemCode.NO_SPACE);
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void aJournalThatCannotBeWrittenIsTheVolumesFault() {
    FileTask task = task(BIG, Content.random(1, 1000));

    TransferResult result =
        engine(settings())
            .transfer(
                List.of(task),
                (file, block, crc) -> {
                  throw new IOException("Input/output error");
                },
                ProgressListener.none(),
                cancel);

    assertThat(failure(only(result)))
        .isInstanceOfSatisfying(
            TransferFailure.AtVolume.class,
            atVolume -> assertThat(atVolume.cause()).isEqualTo("IOException: Input/output error"));
  }

  @Test
  void aVolumeThatFailsForOneFileStopsTheOthers() {
    hub.mood(new Mood.Stall(0)).onPath("other");
    FileTask task = task(BIG, Content.random(1, 1000));
    FileTask other = task("other.safetensors", Content.random(2, 1000));

    TransferResult result =
        transfer(other, FileTask.fresh(task.remote(), parts.resolve("gone/0001")));

    assertThat(result.outcomes().get(0)).isInstanceOf(FileOutcome.Stopped.class);
    assertThat(result.outcomes().get(1)).isInstanceOf(FileOutcome.Failed.class);
  }

  @Test
  void aVolumeThatFailsCostsNoFurtherRequest() {
    FileTask task = task(BIG, Content.random(1, 1000));

    TransferResult unused = transfer(FileTask.fresh(task.remote(), parts.resolve("gone/0001")));

    assertThat(hub.requests()).isEmpty();
  }
}
