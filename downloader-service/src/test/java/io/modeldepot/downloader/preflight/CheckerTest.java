package io.modeldepot.downloader.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.fetch.Listing;
import io.modeldepot.downloader.hub.Endpoint;
import io.modeldepot.downloader.hub.HubClient;
import io.modeldepot.downloader.hub.HubSettings;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.peer.TestPeers;
import io.modeldepot.downloader.trust.TestTrust;
import io.modeldepot.downloader.trust.Trust;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.TestShelves;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.provenance.policy.SignatureRule;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.volume.TestVolume;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("NullAway.Init") // opened before each test
class CheckerTest {
  private static final long MIB = 1 << 20;

  /** More than any test machine has free, and less than a manifest can describe. */
  private static final long HUGE = 16L << 40;

  @RegisterExtension final TestVolume volume = new TestVolume();

  private final FakeHub hub = FakeHub.start();
  private final HubClient client =
      HubClient.open(HubSettings.of(List.of(new Endpoint(hub.url())), Optional.empty()));
  private final Content weights = Content.random(1, 2 * MIB);
  private final Content more = Content.random(2, 3 * MIB);
  private CommitId commit;
  private VolumeKeeper keeper;
  private Shelf shelf;

  @BeforeEach
  void open() {
    commit =
        hub.repository("org/tiny")
            .put("config.json", "{}")
            .put("weights.safetensors", weights)
            .put("more.safetensors", more)
            .commit("main");
    keeper = TestShelves.keeper(volume.root());
    shelf = keeper.shelf().orElseThrow();
  }

  @AfterEach
  void close() {
    keeper.close();
    client.close();
    hub.close();
  }

  @Test
  void everyFileThatIsNotHereHasAPartOfItsSize() throws Exception {
    OneJob job = check();

    assertThat(job.happened()).isEqualTo(new JobEvent.Admitted());
    for (JournalFile file : job.job().files()) {
      assertThat(job.claim().work().resolve(file.part().orElseThrow()))
          .as(file.path())
          .hasSize(file.sizeBytes());
    }
  }

  @Test
  void contentThatIsHereIsReusedWhateverItsNameWas() throws Exception {
    have(weights);

    OneJob job = check();

    assertThat(file(job, "weights.safetensors").reused()).isTrue();
    assertThat(file(job, "weights.safetensors").part()).isEmpty();
    assertThat(file(job, "more.safetensors").reused()).isFalse();
    assertThat(job.job().tally().reusedBytes()).isEqualTo(2 * MIB);
  }

  @Test
  void spaceIsNeededOnlyForWhatIsNotHere() throws Exception {
    have(weights);
    OneJob job = OneJob.on(shelf, "k-mine", new JobState.Checking(commit));
    list(
        job,
        new RepositoryFile("here", 2 * MIB, Optional.of(weights.sha256()), Optional.empty()),
        new RepositoryFile("huge", HUGE, Optional.of(more.sha256()), Optional.empty()));

    checker().work(job);

    Problem refusal = refusal(job);
    assertThat(refusal.code()).isEqualTo(ProblemCode.NO_SPACE);
    assertThat(refusal.evidence()).containsEntry("neededBytes", HUGE);
  }

  @Test
  void aRefusalForSpaceAllocatesNothing() throws Exception {
    OneJob job = OneJob.on(shelf, "k-mine", new JobState.Checking(commit));
    list(
        job,
        new RepositoryFile("some", 2 * MIB, Optional.of(weights.sha256()), Optional.empty()),
        new RepositoryFile("huge", HUGE, Optional.of(more.sha256()), Optional.empty()));

    checker().work(job);

    assertThat(job.claim().work().resolve("parts/0001")).doesNotExist();
  }

  @Test
  void aSmallFileIsAPartAndACopy() throws Exception {
    OneJob job = OneJob.on(shelf, "k-mine", new JobState.Checking(commit));
    list(
        job,
        new RepositoryFile("small", 1000, Optional.empty(), Optional.empty()),
        new RepositoryFile("huge", HUGE, Optional.of(more.sha256()), Optional.empty()));

    checker().work(job);

    assertThat(refusal(job).evidence()).containsEntry("neededBytes", HUGE + 2000);
  }

  @Test
  void aHostileNameIsRefusedBeforeAByte() throws Exception {
    hub.repository("org/tiny").put("../../../etc/passwd", "x").commit("main");
    commit = hub.repository("org/tiny").commit("main");

    OneJob job = check();

    assertThat(refusal(job).code()).isEqualTo(ProblemCode.BAD_NAME);
    assertThat(hub.bytesServed()).isZero();
  }

  @Test
  void aListingIsAskedForOnce() throws Exception {
    OneJob job = check();
    hub.forget();

    checker().work(job);

    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void aHubThatIsDownIsASetback() throws Exception {
    hub.mood(Mood.Refuse.with(503));

    assertThat(check().happened()).isInstanceOf(JobEvent.Setback.class);
  }

  @Test
  void aHubThatIsAskedByACancelledJobChangesNothing() throws Exception {
    OneJob job = OneJob.on(shelf, "k-mine", new JobState.Checking(commit));
    job.stop().cancel();

    checker().work(job);

    assertThat(hub.requests()).isEmpty();
    assertThat(job.job().files()).isEmpty();
  }

  private OneJob check() throws Exception {
    OneJob job = OneJob.on(shelf, "k-mine", new JobState.Checking(commit));
    checker().work(job);
    return job;
  }

  private Checker checker() {
    return checker(TestTrust.of(SignatureRule.WARN));
  }

  private Checker checker(Trust trust) {
    return new Checker(
        client,
        keeper,
        new TestPreflight(),
        new PlanMaker(client),
        TestPeers.nobody(keeper),
        trust);
  }

  /** Puts content on the volume, as another download would have. */
  private void have(Content content) throws IOException {
    OneJob other = OneJob.on(shelf, "k-before", new JobState.Checking(OneJob.COMMIT));
    Path part = shelf.store().parts().allocate(other.claim(), "parts/0001", content.sizeBytes());
    try (OutputStream out = Files.newOutputStream(part)) {
      content.write(0, content.sizeBytes(), out);
    }
    shelf.store().blobs().keep(part, content.sha256(), content.sizeBytes());
    other.claim().dissolve();
  }

  private void list(OneJob job, RepositoryFile... files) throws IOException {
    Listing.of(commit, List.of(files)).keep(shelf.store().volume().calls(), job.claim());
  }

  private static JournalFile file(OneJob job, String path) {
    return job.job().files().stream()
        .filter(it -> it.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static Problem refusal(OneJob job) {
    return ((JobEvent.Refused) job.happened()).why();
  }
}
