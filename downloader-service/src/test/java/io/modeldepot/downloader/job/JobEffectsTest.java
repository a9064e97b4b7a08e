package io.modeldepot.downloader.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.events.state.WaitingFor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes with the steps of a job. */
class JobEffectsTest {
  private static final Effect WRITE = new Effect.WriteJournal();
  private static final Effect TELL = new Effect.TellProgress();

  static Stream<JobState> states() {
    return Jobs.states().values().stream();
  }

  /** Every step that there is. */
  static Stream<Step.Taken> steps() {
    return states()
        .flatMap(
            state ->
                JobMachineTest.events().values().stream()
                    .map(event -> JobMachine.next(state, event)))
        .filter(Step.Taken.class::isInstance)
        .map(Step.Taken.class::cast);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void nothingIsToldThatIsNotJournaled(Step.Taken step) {
    List<Effect> effects = step.effects();

    int told = effects.indexOf(TELL);
    if (told >= 0) {
      assertThat(effects.subList(0, told)).contains(WRITE);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aClaimEndsWithTheJobAndNotBefore(Step.Taken step) {
    assertThat(step.effects().contains(new Effect.Dissolve()))
        .isEqualTo(step.state() instanceof JobState.Final);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aJobWithoutAVersionTellsWhy(Step.Taken step) {
    Optional<Effect> failed =
        step.state() instanceof JobState.Final ended
            ? ended.problem().map(Effect.TellFailed::new)
            : Optional.empty();

    assertThat(step.effects().stream().filter(Effect.TellFailed.class::isInstance).findFirst())
        .isEqualTo(failed);
  }

  @Test
  void anOrdinaryStepIsWrittenAndTold() {
    assertThat(effects(new JobState.Requested(), new JobEvent.Claimed()))
        .containsExactly(WRITE, TELL);
  }

  @Test
  void aBlockIsJournaledByWhoWroteIt() {
    assertThat(effects(new JobState.Transferring(Jobs.COMMIT), new JobEvent.BlockWritten()))
        .isEmpty();
  }

  @Test
  void aWrongFileBeginsAnewBeforeItIsJournaled() {
    assertThat(effects(new JobState.Transferring(Jobs.COMMIT), new JobEvent.DigestWrong("a")))
        .containsExactly(new Effect.StartAgain("a"), WRITE);
  }

  @Test
  void aFileThatIsWrongAgainIsSetAsideBeforeTheEnd() {
    assertThat(
            effects(
                new JobState.Transferring(Jobs.COMMIT),
                new JobEvent.DigestWrongAgain("a", Jobs.WHY)))
        .containsExactly(
            new Effect.SetAside("a", Jobs.WHY),
            WRITE,
            TELL,
            new Effect.TellFailed(Jobs.WHY),
            new Effect.Dissolve());
  }

  @Test
  void aSetbackWhilePublishingIsWaitedOutInPlace() {
    assertThat(
            effects(
                new JobState.Publishing(Jobs.COMMIT),
                new JobEvent.Setback(Jobs.WHY, WaitingFor.SPACE, Jobs.LATER, Bytes.NONE_CAME)))
        .containsExactly(new Effect.Pause(Jobs.LATER));
  }

  @Test
  void aJoinedJobNeedsNoHolder() {
    assertThat(
            effects(
                new JobState.Resolving(Optional.empty()),
                new JobEvent.SameAsAnother(Jobs.COMMIT, Jobs.HOST)))
        .containsExactly(WRITE, TELL, new Effect.Release());
  }

  @Test
  void aJobThatIsShutDownIsFreeForOthers() {
    assertThat(effects(new JobState.Transferring(Jobs.COMMIT), new JobEvent.ShutDown()))
        .containsExactly(WRITE, new Effect.Release());
  }

  @Test
  void aJobForAnotherLocationEndsWithoutAWord() {
    assertThat(effects(new JobState.Resolving(Optional.empty()), new JobEvent.NotForThisLocation()))
        .containsExactly(WRITE, new Effect.Dissolve());
  }

  @Test
  void aCommitOnceResolvedIsKeptWhileWaiting() {
    JobState waiting =
        after(
            new JobState.Checking(Jobs.COMMIT),
            new JobEvent.Setback(Jobs.WHY, WaitingFor.HUB, Jobs.LATER, Bytes.NONE_CAME));

    assertThat(after(waiting, new JobEvent.RetryDue()))
        .isEqualTo(new JobState.Resolving(Optional.of(Jobs.COMMIT)));
  }

  @Test
  void aSetbackThatKnowsTheCommitDoesNotReplaceTheOneThatIsKnown() {
    JobState waiting =
        after(
            new JobState.Resolving(Optional.of(Jobs.COMMIT)),
            new JobEvent.Setback(
                Jobs.WHY,
                WaitingFor.SLOT,
                Jobs.LATER,
                Bytes.NONE_CAME,
                Optional.of(Jobs.OTHER_COMMIT)));

    assertThat(waiting.commit()).contains(Jobs.COMMIT);
  }

  @Test
  void aSetbackTellsTheCommitThatIsNotYetKnown() {
    JobState waiting =
        after(
            new JobState.Resolving(Optional.empty()),
            new JobEvent.Setback(
                Jobs.WHY, WaitingFor.SLOT, Jobs.LATER, Bytes.NONE_CAME, Optional.of(Jobs.COMMIT)));

    assertThat(waiting.commit()).contains(Jobs.COMMIT);
  }

  @Test
  void aJoinedJobFailsForTheReasonOfItsHost() {
    JobState end =
        after(
            new JobState.Joined(Jobs.HOST, Optional.of(Jobs.COMMIT)),
            new JobEvent.HostEnded(Optional.of(new JobState.Failed(Optional.empty(), Jobs.WHY))));

    assertThat(end).isEqualTo(new JobState.Failed(Optional.of(Jobs.COMMIT), Jobs.WHY));
  }

  private static List<Effect> effects(JobState state, JobEvent event) {
    return ((Step.Taken) JobMachine.next(state, event)).effects();
  }

  private static JobState after(JobState state, JobEvent event) {
    return ((Step.Taken) JobMachine.next(state, event)).state();
  }
}
