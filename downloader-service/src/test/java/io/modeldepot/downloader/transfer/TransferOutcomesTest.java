package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferOutcomesTest extends Transfers {

  @Test
  void wrongBytesOfALargeFileAreAMismatchWithBothDigests() {
    hub.mood(new Mood.Corrupt(500)).atContentNetwork();
    Content content = Content.random(1, 1000);

    FileOutcome outcome = only(transfer(task(BIG, content)));

    byte[] wrong = bytes(content, 0, 1000);
    wrong[500] ^= 0x55;
    assertThat(outcome)
        .isEqualTo(
            new FileOutcome.Mismatched(
                outcome.file(), content.sha256().value(), Content.of(wrong).sha256().value()));
  }

  @Test
  void wrongBytesOfASmallFileAreAMismatchOfItsGitSha1() {
    hub.mood(new Mood.Corrupt(1)).atHub();
    Content content = Content.of("{}");

    FileOutcome outcome = only(transfer(task(SMALL, content)));

    assertThat(outcome).isInstanceOf(FileOutcome.Mismatched.class);
    assertThat(((FileOutcome.Mismatched) outcome).expected()).isEqualTo(content.gitSha1().value());
  }

  @Test
  void oneWrongByteInOneBlockOfSeveralIsFound() {
    hub.mood(new Mood.Corrupt(1000)).atContentNetwork().once();

    FileOutcome outcome = only(transfer(task(BIG, big())));

    assertThat(outcome).isInstanceOf(FileOutcome.Mismatched.class);
  }

  @Test
  void aMismatchLetsTheOthersArrive() {
    hub.mood(new Mood.Corrupt(0)).onPath("bad");
    Content good = Content.random(2, 1000);

    TransferResult result =
        transfer(task("bad.safetensors", Content.random(1, 1000)), task(BIG, good));

    assertThat(result.outcomes().get(0)).isInstanceOf(FileOutcome.Mismatched.class);
    assertArrived(result.outcomes().get(1), good);
  }

  @Test
  void aFileThatChangesOnTheWayHasChanged() {
    Content before = Content.random(1, 3L * BLOCK);
    Content after = Content.random(2, 3L * BLOCK);
    FileTask task = task(BIG, before);
    CommitId commit = repository.commit("main");

    TransferResult result =
        engine(oneConnection())
            .transfer(
                List.of(task),
                (file, block, crc) -> repository.tamper(commit, BIG, after),
                ProgressListener.none(),
                cancel);

    assertThat(only(result))
        .isEqualTo(new FileOutcome.Changed(task, before.sha256().value(), after.sha256().value()));
  }

  @Test
  void aChangeLetsTheOthersArrive() {
    FileTask changed = task("changed.safetensors", Content.random(1, 1000));
    Content good = Content.random(2, 1000);
    FileTask other = task(BIG, good);
    // The content of the earlier commit, to which the task of the first file belongs.
    repository.remove(BIG);
    repository.tamper(repository.commit("main"), "changed.safetensors", Content.random(3, 1000));

    TransferResult result = transfer(changed, other);

    assertThat(result.outcomes().get(0)).isInstanceOf(FileOutcome.Changed.class);
    assertArrived(result.outcomes().get(1), good);
  }

  @Test
  void aPassingFailureLetsTheOthersArrive() {
    hub.mood(Mood.Refuse.with(503)).onPath("down");
    Content good = Content.random(2, 1000);

    TransferResult result =
        transfer(task("down.safetensors", Content.random(1, 1000)), task(BIG, good));

    assertThat(failure(result.outcomes().get(0)).isTransient()).isTrue();
    assertArrived(result.outcomes().get(1), good);
  }

  @Test
  void aLastingFailureStopsTheOthers() {
    hub.mood(Mood.Refuse.with(403, HubHeaders.ERROR_CODE, "GatedRepo")).onPath("gated");
    hub.mood(new Mood.Stall(0)).onPath(BIG);

    TransferResult result =
        transfer(
            task("gated.safetensors", Content.random(1, 1000)), task(BIG, Content.random(2, 1000)));

    assertThat(failure(result.outcomes().get(0)).problem().code()).isEqualTo(ProblemCode.GATED);
    assertThat(result.outcomes().get(1)).isInstanceOf(FileOutcome.Stopped.class);
  }

  @Test
  void aLastingFailureIsNotTriedAgain() {
    hub.mood(Mood.Refuse.with(403)).onPath("/resolve/");

    FileOutcome outcome = only(transfer(oneConnection(), task(BIG, Content.random(1, 1000))));

    assertThat(((TransferFailure.AtHub) failure(outcome)).failure())
        .isInstanceOf(HubFailure.Forbidden.class);
    assertThat(hub.requests()).hasSize(1);
  }

  @Test
  void aFileThatIsListedAndNotThereIsALastingFailure() {
    FileTask task = task(BIG, Content.random(1, 1000));
    hub.mood(Mood.Refuse.with(404, HubHeaders.ERROR_CODE, "EntryNotFound")).onPath("/resolve/");

    FileOutcome outcome = only(transfer(task));

    assertThat(((TransferFailure.AtHub) failure(outcome)).failure())
        .isInstanceOf(HubFailure.FileMissing.class);
  }

  @Test
  void outcomesAreInTheOrderOfTheTasksWhateverHappens() {
    hub.mood(new Mood.Corrupt(0)).onPath("b.safetensors");
    hub.mood(Mood.Refuse.with(503)).onPath("c.safetensors");

    TransferResult result =
        transfer(
            task("a.safetensors", Content.random(1, 1000)),
            task("b.safetensors", Content.random(2, 1000)),
            task("c.safetensors", Content.random(3, 1000)),
            task("d.safetensors", Content.random(4, 1000)));

    assertThat(result.outcomes())
        .extracting(it -> (Object) it.getClass())
        .containsExactly(
            FileOutcome.Verified.class,
            FileOutcome.Mismatched.class,
            FileOutcome.Failed.class,
            FileOutcome.Verified.class);
    assertThat(result.allVerified()).isFalse();
  }
}
