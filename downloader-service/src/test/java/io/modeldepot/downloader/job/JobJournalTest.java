package io.modeldepot.downloader.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobJournalTest {
  private static final int BLOCK = 16 << 20;

  static Collection<JobState> states() {
    return Jobs.states().values();
  }

  @ParameterizedTest
  @MethodSource("states")
  void aJobIsReadAsItWasWritten(JobState state) throws Exception {
    Job job = Jobs.in(state).withTarget(Jobs.target());

    assertThat(throughFile(job)).isEqualTo(job);
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateHasANameOfItsOwn(JobState state) {
    assertThat(JobJournal.of(Jobs.in(state), "d-1", Jobs.LATER).state()).isEqualTo(state.name());
    assertThat(Jobs.states()).hasSize(DownloadState.values().length - 1);
  }

  @ParameterizedTest
  @MethodSource("states")
  void aJournalSaysWhetherItsJobIsOver(JobState state) {
    assertThat(JobJournal.isOver(JobJournal.of(Jobs.in(state), "d-1", Jobs.LATER)))
        .isEqualTo(state instanceof JobState.Final);
  }

  @Test
  void aJobInAStateOfANewerProgramIsNotOver() {
    assertThat(
            JobJournal.isOver(
                withState(
                    JobJournal.of(Jobs.requested(), "d-1", Jobs.LATER), DownloadState.UNKNOWN)))
        .isFalse();
  }

  @Test
  void aJobWithoutATargetIsReadAsItWasWritten() throws Exception {
    assertThat(throughFile(Jobs.requested())).isEqualTo(Jobs.requested());
  }

  @Test
  void aJobWaitingWithoutAReasonIsReadAsItWasWritten() throws Exception {
    Job job =
        Jobs.in(
            new JobState.Waiting(
                WaitingFor.CATALOG, Jobs.LATER, Optional.empty(), Optional.empty()));

    assertThat(throughFile(job)).isEqualTo(job);
  }

  @Test
  void filesAreReadAsTheyWereWrittenAndSayHowFarTheJobIs() throws Exception {
    List<JournalFile> files =
        List.of(
            Jobs.file("whole", 2L * BLOCK, BlockRanges.first(2), false),
            Jobs.file("begun", 2L * BLOCK + 5, BlockRanges.of("2"), false),
            Jobs.file("reused", 77, BlockRanges.NONE, true),
            Jobs.file("empty", 0, BlockRanges.NONE, false));
    Job job =
        Jobs.in(new JobState.Transferring(Jobs.COMMIT))
            .withTarget(Jobs.target())
            .withFiles(files)
            .withTally(JobJournal.tally(files, 1234));

    assertThat(job.tally())
        .isEqualTo(Tally.still(4L * BLOCK + 82, 2L * BLOCK + 82, 77, 1234, 4, 3));
    assertThat(throughFile(job)).isEqualTo(job);
  }

  @Test
  void aSharedJobIsReadAsItWasWritten() throws Exception {
    Job job = Jobs.requested().sharedWith(List.of(Jobs.HOST)).leftBy(List.of(Jobs.ID));

    assertThat(throughFile(job)).isEqualTo(job);
  }

  @Test
  void aJournalHoldsNoSecretsOfAnAddress() {
    String json =
        new String(
            Wire.write(
                JobJournal.of(
                    Jobs.in(Jobs.waiting()).withTarget(Jobs.target()), "d-1", Jobs.LATER)),
            StandardCharsets.UTF_8);

    assertThat(json).doesNotContain("?", "Bearer", "hf_");
  }

  @ParameterizedTest
  @CsvSource({"CHECKING", "TRANSFERRING", "PUBLISHING", "ANNOUNCING", "DONE", "PLANNED"})
  void aJournalThatLacksItsCommitIsNoJob(DownloadState state) {
    Journal journal = withState(JobJournal.of(Jobs.requested(), "d-1", Jobs.LATER), state);

    assertThatThrownBy(() -> JobJournal.read(journal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("commit");
  }

  @Test
  void aJournalOfANewerProgramIsNoJob() {
    Journal journal =
        withState(JobJournal.of(Jobs.requested(), "d-1", Jobs.LATER), DownloadState.UNKNOWN);

    assertThatThrownBy(() -> JobJournal.read(journal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void aFailureWithoutAReasonSaysThatItHasNone() {
    Journal journal =
        withState(JobJournal.of(Jobs.requested(), "d-1", Jobs.LATER), DownloadState.FAILED);

    assertThat(JobJournal.read(journal).state())
        .isInstanceOfSatisfying(
            JobState.Failed.class,
            failed -> assertThat(failed.why().detail()).isEqualTo("The journal does not say why."));
  }

  @Test
  void theAgeLimitOfAJournalWithoutOneIsADay() {
    Journal journal = JobJournal.of(Jobs.requested(), "d-1", Jobs.LATER);
    String json = new String(Wire.write(journal), StandardCharsets.UTF_8);
    String without = json.replaceAll(",\"expiresAt\":\"[^\"]*\"", "");

    assertThat(without).isNotEqualTo(json);
    assertThat(read(without.getBytes(StandardCharsets.UTF_8)).expiresAt())
        .isEqualTo(Jobs.CREATED.plus(Duration.ofHours(24)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "16777216, 1", "16777217, 2"})
  void aFileHasAsManyBlocksAsItsBytesNeed(long sizeBytes, int blocks) {
    assertThat(JobJournal.blocks(sizeBytes)).isEqualTo(blocks);
  }

  /** A job that dies after any event goes on as if it had not: the journal is all it needs. */
  @RepeatedTest(20)
  void aJobThatIsReadAfterEveryStepGoesTheSameWay() throws Exception {
    long seed = Long.getLong("job.seed", System.nanoTime());
    System.out.println("JobJournalTest: -Djob.seed=" + seed);
    Random random = new Random(seed);
    List<JobEvent> events = new ArrayList<>(new TreeMap<>(JobMachineTest.events()).values());
    Job living = Jobs.requested();
    Job reread = living;

    for (int i = 0; i < 300; i++) {
      JobEvent event = events.get(random.nextInt(events.size()));
      // Ends are taken rarely, or most walks would be short.
      if (JobMachine.next(living.state(), event) instanceof Step.Taken(JobState to, _)
          && (!(to instanceof JobState.Final) || random.nextInt(50) == 0)) {
        living = living.next(event).orElseThrow().job();
        reread = throughFile(reread.next(event).orElseThrow().job());
      }
    }

    assertThat(reread).as("seed %d", seed).isEqualTo(living);
  }

  private static Job throughFile(Job job) {
    return read(Wire.write(JobJournal.of(job, "downloader-1-9f3c21aa", Jobs.LATER)));
  }

  private static Job read(byte[] json) {
    try {
      return JobJournal.read(Wire.read(json, Journal.class));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Journal withState(Journal old, DownloadState state) {
    return new Journal(
        old.format(),
        old.requestId(),
        old.requestIds(),
        old.command(),
        old.model(),
        old.location(),
        old.family(),
        old.repository(),
        old.revision(),
        old.commit(),
        state,
        old.waitingFor(),
        old.joinedTo(),
        old.attempt(),
        old.sequence(),
        old.holder(),
        old.totalBytes(),
        old.doneBytes(),
        old.reusedBytes(),
        old.fetchedBytes(),
        old.files(),
        old.retryAt(),
        old.problem(),
        old.source(),
        old.selection(),
        old.plan(),
        old.expiresAt(),
        old.traceparent(),
        old.createdAt(),
        old.updatedAt());
  }
}
