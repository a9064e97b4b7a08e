package io.modeldepot.downloader.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.RequestId;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTest {
  private static final RequestId OTHER = RequestId.of("cli-other");

  @Test
  void theFirstAttemptIsTheFirst() {
    assertThat(next(Jobs.requested(), new JobEvent.Claimed()).attempt()).isEqualTo(1);
  }

  @Test
  void anAttemptWithoutAByteCounts() {
    Job job = Jobs.in(new JobState.Checking(Jobs.COMMIT));

    assertThat(next(job, setback(WaitingFor.HUB, Bytes.NONE_CAME)).attempt()).isEqualTo(4);
  }

  @Test
  void anAttemptThatBroughtSomethingBeginsTheCountAnew() {
    Job job = Jobs.in(new JobState.Transferring(Jobs.COMMIT));

    assertThat(next(job, setback(WaitingFor.HUB, Bytes.SOME_CAME)).attempt()).isEqualTo(1);
  }

  @Test
  void waitingForOnesTurnIsNoAttempt() {
    Job job = Jobs.in(new JobState.Resolving(java.util.Optional.empty()));

    assertThat(next(job, setback(WaitingFor.SLOT, Bytes.NONE_CAME)).attempt()).isEqualTo(3);
  }

  @Test
  void tenAttemptsWithoutAByteAreSpent() {
    Job job = next(Jobs.requested(), new JobEvent.Claimed());
    int failures = 0;
    while (!job.attemptsSpent()) {
      job = next(job, setback(WaitingFor.HUB, Bytes.NONE_CAME));
      failures++;
      job = next(job, new JobEvent.RetryDue());
    }

    assertThat(failures).isEqualTo(10);
  }

  @Test
  void aSuccessorSpeaksLaterThanAnythingItsPredecessorCanHaveSaid() {
    Job job = Jobs.in(new JobState.Transferring(Jobs.COMMIT));

    assertThat(next(job, new JobEvent.TakenOver()).sequence()).isEqualTo(1_000_000);
    assertThat(
            next(next(job, new JobEvent.TakenOver()).told(), new JobEvent.TakenOver()).sequence())
        .isEqualTo(2_000_000);
  }

  @Test
  void anEventThatComesTooLateChangesNothing() {
    assertThat(Jobs.in(new JobState.Publishing(Jobs.COMMIT)).next(new JobEvent.CancelSeen()))
        .isEmpty();
  }

  @Test
  void anEventThatCannotHappenIsAFaultOfOurs() {
    Job job = Jobs.in(new JobState.Done(Jobs.COMMIT));

    assertThatThrownBy(() -> job.next(new JobEvent.AllVerified()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSharedJobIsSpokenOfUnderTheFirstThatWantsIt() {
    Job shared = Jobs.requested().sharedWith(List.of(OTHER, Jobs.ID));

    assertThat(shared.requestIds()).containsExactly(Jobs.ID, OTHER);
    assertThat(shared.voice()).isEqualTo(Jobs.ID);
    assertThat(shared.leftBy(List.of(Jobs.ID)).voice()).isEqualTo(OTHER);
  }

  @Test
  void aJobThatNobodyWantsStillHasAVoice() {
    assertThat(Jobs.requested().leftBy(List.of(Jobs.ID)).voice()).isEqualTo(Jobs.ID);
  }

  @Test
  void aJobIsWantedOnlyByThoseWhoAreAllThatWantIt() {
    Job shared = Jobs.requested().sharedWith(List.of(OTHER));

    assertThat(shared.isWantedOnlyBy(List.of(Jobs.ID))).isFalse();
    assertThat(shared.isWantedOnlyBy(List.of(Jobs.ID, OTHER))).isTrue();
  }

  private static JobEvent setback(WaitingFor what, Bytes bytes) {
    return new JobEvent.Setback(Jobs.WHY, what, Jobs.LATER, bytes);
  }

  private static Job next(Job job, JobEvent event) {
    return job.next(event).orElseThrow().job();
  }
}
