package io.modeldepot.downloader.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.testkit.volume.TestVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("NullAway.Init") // opened before each test
class NeighboursTest {
  private static final CommitId COMMIT = OneJob.COMMIT;

  @RegisterExtension final TestVolume volume = new TestVolume();

  private Shelf shelf;
  private Job job;

  @BeforeEach
  void open() throws IOException {
    Claims claims = volume.store().claims("downloader-1");
    shelf = new Shelf(volume.store(), claims);
    job = OneJob.on(shelf, "k-mine", new JobState.Resolving(Optional.empty())).job();
  }

  @AfterEach
  void close() throws IOException {
    shelf.claims().close();
  }

  static Stream<JobState> underWay() {
    return Stream.of(
        new JobState.Checking(COMMIT),
        new JobState.Transferring(COMMIT),
        new JobState.Publishing(COMMIT),
        new JobState.Announcing(COMMIT),
        new JobState.Waiting(WaitingFor.HUB, Instant.EPOCH, Optional.of(COMMIT), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("underWay")
  void whoBringsTheSameCommitInIsANeighbour(JobState state) throws Exception {
    OneJob other = OneJob.on(shelf, "k-other", state);

    assertThat(neighbour()).map(Job::id).contains(other.job().id());
  }

  static Stream<JobState> notUnderWay() {
    return Stream.of(
        new JobState.Requested(),
        new JobState.Resolving(Optional.of(COMMIT)),
        new JobState.Joined(RequestId.of("k-third"), Optional.of(COMMIT)),
        new JobState.Waiting(WaitingFor.HUB, Instant.EPOCH, Optional.empty(), Optional.empty()),
        new JobState.Done(COMMIT),
        new JobState.Transferring(CommitId.of("f".repeat(40))));
  }

  @ParameterizedTest
  @MethodSource("notUnderWay")
  void whoDoesNotIsNone(JobState state) throws Exception {
    OneJob unused = OneJob.on(shelf, "k-other", state);

    assertThat(neighbour()).isEmpty();
  }

  @Test
  void aJobIsNotItsOwnNeighbour() throws Exception {
    job = OneJob.on(shelf, "k-again", new JobState.Checking(COMMIT)).job();

    assertThat(neighbour()).isEmpty();
  }

  @Test
  void aPlanBringsNothingIn() throws Exception {
    DownloadRequested plain = DownloadRequested.of(OneJob.MODEL);
    OneJob unused =
        OneJob.on(
            shelf,
            "k-other",
            new DownloadRequested(
                plain.model(),
                plain.action(),
                plain.requestId(),
                plain.repository(),
                plain.revision(),
                plain.profile(),
                plain.include(),
                plain.exclude(),
                plain.location(),
                plain.source(),
                plain.from(),
                plain.priority(),
                false,
                true,
                plain.actor()),
            new JobState.Checking(COMMIT));

    assertThat(neighbour()).isEmpty();
  }

  @Test
  void aClaimWithoutAJournalIsNoNeighbour() throws Exception {
    boolean unused = shelf.claims().create(shelf.store().claimPlace(RequestId.of("k-other")));

    assertThat(neighbour()).isEmpty();
  }

  @Test
  void aJournalOfANewerProgramIsNoNeighbour() throws Exception {
    OneJob unused = OneJob.on(shelf, "k-other", new JobState.Checking(COMMIT));
    Path journal = volume.store().layout().journal(RequestId.of("k-other"));
    Files.writeString(
        journal,
        Files.readString(journal).replace("\"state\":\"checking\"", "\"state\":\"dreaming\""));

    assertThat(neighbour()).isEmpty();
  }

  @Test
  void aDamagedJournalIsNoNeighbour() throws Exception {
    OneJob other = OneJob.on(shelf, "k-other", new JobState.Checking(COMMIT));
    Files.write(
        volume.store().layout().journal(RequestId.of("k-other")),
        "{\"format\":1,".getBytes(StandardCharsets.UTF_8));

    Optional<Job> neighbour = neighbour();

    assertThat(neighbour).isEmpty();
    // The volume is checked after every test, and this damage was meant.
    other.keep();
  }

  private Optional<Job> neighbour() throws IOException {
    return new Neighbours().at(shelf, job, COMMIT);
  }
}
