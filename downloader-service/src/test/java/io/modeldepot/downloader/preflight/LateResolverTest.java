package io.modeldepot.downloader.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.hub.Hub;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.hub.RepositoryRevision;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.peer.TestPeers;
import io.modeldepot.downloader.publish.Wishes;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.TestShelves;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.state.Following;
import io.modeldepot.kit.state.StateListener;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateSource;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.testkit.volume.TestVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who wakes after the job was taken over decides nothing any more. */
@SuppressWarnings("NullAway.Init") // opened before each test
class LateResolverTest {
  @RegisterExtension final TestVolume volume = new TestVolume();

  private VolumeKeeper keeper;
  private Shelf shelf;

  @BeforeEach
  void open() {
    keeper = TestShelves.keeper(volume.root());
    shelf = keeper.shelf().orElseThrow();
  }

  @AfterEach
  void close() {
    keeper.close();
  }

  @Test
  void aJobThatWasTakenOverChangesNothing() throws Exception {
    OneJob late = OneJob.on(shelf, "k-late", new JobState.Resolving(Optional.of(OneJob.COMMIT)));
    Optional<Claim> other = takenOver(late.claim().place());
    assertThat(other).isPresent();

    assertThatThrownBy(() -> resolver().work(late)).isInstanceOf(ClaimLost.class);

    other.get().close();
  }

  @Test
  void aJobThatIsStillOursIsDecided() throws Exception {
    OneJob ours = OneJob.on(shelf, "k-ours", new JobState.Resolving(Optional.of(OneJob.COMMIT)));

    resolver().work(ours);

    assertThat(ours.happened()).isEqualTo(new JobEvent.Resolved(OneJob.COMMIT));
  }

  private Optional<Claim> takenOver(Path place) throws IOException {
    AtomicLong nanos = new AtomicLong();
    Claims others =
        new Claims(
            volume.store().volume(),
            "downloader-2",
            new ClaimTimes(Duration.ofMillis(1), Duration.ofMillis(2)),
            nanos::get);
    Optional<Claim> early = others.takeOver(place);
    assertThat(early).isEmpty();
    nanos.set(Duration.ofSeconds(1).toNanos());
    return others.takeOver(place);
  }

  private Resolver resolver() {
    Catalog catalog = new Catalog();
    catalog.join(new OneRecord());
    KnownVersions known = new KnownVersions(keeper);
    return new Resolver(
        catalog,
        keeper,
        new NoHub(),
        new Wishes(catalog, known),
        new Neighbours(),
        (turn, where, source) -> {
          throw new AssertionError("Nothing comes from a directory.");
        },
        new TestPreflight(),
        TestPeers.nobody(keeper),
        Timekeeper.system());
  }

  /** The catalog as it is. */
  private static final class OneRecord implements StateSource {
    @Override
    public <T> Following read(TopicSpec topic, Class<T> payload, StateListener<T> listener) {
      ModelDescribed entry =
          new ModelDescribed(
              OneJob.MODEL,
              FamilyName.of("testing"),
              Optional.of(RepositoryId.of("org/tiny")),
              "Tiny",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              UpdatePolicy.MANUAL,
              3,
              false,
              List.of(),
              Profile.FULL,
              Optional.empty(),
              1);
      listener.heard(
          new StateRecord<>(
              OneJob.MODEL.value(),
              Optional.of(payload.cast(entry)),
              0,
              0,
              Instant.EPOCH,
              Optional.empty()));
      return () -> true;
    }
  }

  private static final class NoHub implements Hub {
    @Override
    public HubResult<RepositoryRevision> revision(
        RepositoryId repository, String revision, CancelToken cancel) {
      throw new AssertionError("The commit is known.");
    }

    @Override
    public HubResult<List<RepositoryFile>> files(
        RepositoryId repository, CommitId commit, CancelToken cancel) {
      throw new AssertionError("Nobody asks for files here.");
    }
  }
}
