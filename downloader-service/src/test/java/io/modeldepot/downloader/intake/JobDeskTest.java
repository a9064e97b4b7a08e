package io.modeldepot.downloader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.announce.JobTeller;
import io.modeldepot.downloader.crew.JobBoard;
import io.modeldepot.downloader.crew.JobSettings;
import io.modeldepot.downloader.crew.Watching;
import io.modeldepot.downloader.crew.Workers;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.announce.Acknowledged;
import io.modeldepot.kit.announce.Announcing;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.Origin;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.volume.Setup;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.Change;
import io.modeldepot.store.volume.fault.RecordingCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is durable when a command is acknowledged. */
class JobDeskTest {
  private static final LocationName HERE = LocationName.of("default");
  private static final RequestId ID = RequestId.of("r1");

  private static final RequestId OTHER = RequestId.of("r2");

  @TempDir Path root;

  private final List<DownloadProgressed> told = new ArrayList<>();

  @Test
  void aJournalOfSomebodyElseIsMadeDurableBeforeItsCommandIsAcknowledged() throws Exception {
    Setup unused = ModelStore.setUp(root, HERE);
    assertThat(desk(new RecordingCalls(new LinuxCalls(), root)).take(command()))
        .isEqualTo(JobDesk.Answer.TAKEN);
    // Whoever wrote it may have been killed before the name was on the device.
    RecordingCalls second = new RecordingCalls(new LinuxCalls(), root);

    JobDesk.Answer answer = desk(second).take(command());

    assertThat(answer).isEqualTo(JobDesk.Answer.TAKEN);
    assertThat(second.trace().changes()).contains(new Change.SyncDirectory(Path.of("downloads")));
  }

  @Test
  void whoAsksAgainAfterTheEndIsToldTheEndOnceMore() throws Exception {
    Setup unused = ModelStore.setUp(root, HERE);
    take();
    end(job -> job);

    take();

    assertThat(told).extracting(DownloadProgressed::requestId).containsExactly(ID, ID);
    assertThat(told.getLast().state()).isEqualTo(DownloadState.EXPIRED);
    assertThat(told.getLast().requestIds()).containsExactly(ID);
  }

  @Test
  void whoHadLeftASharedJobIsToldThatOfHimselfAndNotHowItEndedForTheOther() throws Exception {
    Setup unused = ModelStore.setUp(root, HERE);
    take();
    end(job -> job.sharedWith(List.of(OTHER)).leftBy(List.of(ID)));

    take();

    assertThat(told).extracting(DownloadProgressed::requestId).containsExactly(ID, ID);
    assertThat(told.getLast().state()).isEqualTo(DownloadState.CANCELLED);
    assertThat(told.getLast().requestIds()).containsExactly(ID);
    assertThat(told.getLast().sequence()).isGreaterThan(told.getFirst().sequence());
  }

  private void take() throws Exception {
    assertThat(desk(new LinuxCalls()).take(command())).isEqualTo(JobDesk.Answer.TAKEN);
  }

  /** The job ends too late, after this happened to it. */
  private void end(UnaryOperator<Job> meanwhile) throws IOException {
    Shelf shelf = volume(new LinuxCalls()).look().orElseThrow();
    Journals journals = shelf.store().journals();
    Job job = meanwhile.apply(JobJournal.read(journals.read(ID).orElseThrow()));
    Problem why = Problem.of(ProblemCode.EXPIRED, "It came too late.");
    Job ended = job.next(new JobEvent.Spent(why)).orElseThrow().job().told();
    try (Claim claim = shelf.claims().takeIfPossible(shelf.store().claimPlace(ID)).orElseThrow()) {
      journals.write(claim, JobJournal.of(ended, claim.holder().toString(), Instant.now()));
    }
  }

  private VolumeKeeper volume(FileCalls calls) {
    return new VolumeKeeper(
        root,
        HERE,
        (where, seen) -> {
          ModelStore store = ModelStore.open(where, seen, Clock.systemUTC(), calls);
          return new Shelf(store, store.claims("downloader-1"));
        });
  }

  private JobDesk desk(FileCalls calls) throws IOException {
    VolumeKeeper volume = volume(calls);
    assertThat(volume.look()).isPresent();
    Announcing announcing =
        what -> {
          told.add((DownloadProgressed) what.payload().orElseThrow());
          return CompletableFuture.completedFuture(new Acknowledged(what.topic().name(), 0, 0));
        };
    JobTeller teller = new JobTeller(announcing, Clock.systemUTC());
    JobBoard board =
        new JobBoard(
            volume,
            () -> true,
            state -> Optional.empty(),
            job -> true,
            teller,
            new Uncounted(),
            Tracing.passingOn(),
            new Settings(),
            Timekeeper.system(),
            Workers.virtual());
    return new JobDesk(
        volume, board, teller, new ServiceIdentity("downloader", "downloader-1", "0"));
  }

  private static CommandEnvelope<DownloadRequested> command() {
    return new CommandEnvelope<>(
        ID,
        DownloadRequested.of(ModelName.of("alpha")).withRequestId(ID),
        Duration.ofDays(1),
        Optional.empty(),
        new Origin("download-requested", 0, 0, Instant.now()));
  }

  private static final class Uncounted implements Watching {
    @Override
    public void running(Collection<Job> jobs) {}

    @Override
    public void ended(Job job, JobState.Final state) {}
  }

  private static final class Settings implements JobSettings {
    @Override
    public int slots() {
      return 2;
    }

    @Override
    public Duration lookEvery() {
      return Duration.ofSeconds(1);
    }
  }
}
