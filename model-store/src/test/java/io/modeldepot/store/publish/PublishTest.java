package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.FAMILY;
import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.expected;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.publish.Publication.Outcome;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.fault.Change;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishTest {
  private static final Map<String, byte[]> ONE =
      files("config.json", "{\"a\":1}", "model.safetensors", large(1), "sub/vocab.txt", "a b c");
  private static final Map<String, byte[]> TWO =
      files("config.json", "{\"a\":2}", "model.safetensors", large(1), "sub/vocab.txt", "a b c");

  @TempDir Path directory;
  private StoreFixture volume;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
  }

  @AfterEach
  void invariantsHold() throws IOException {
    volume.close();
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void aPublishedVersionIsInItsTreeAndInTheView() throws IOException {
    Publication publication = volume.publish(FIRST, ONE);

    assertThat(publication.outcome()).isEqualTo(Outcome.NEW);
    assertThat(publication.current().generation()).isEqualTo(1);
    assertThat(volume.tree(volume.layout().tree(MODEL, FIRST))).isEqualTo(expected(ONE));
    assertThat(volume.view()).isEqualTo(expected(ONE));
  }

  @Test
  void largeFilesAreLinksOfOneBlobAndSmallOnesAreCopies() throws IOException {
    volume.publish(FIRST, ONE);
    volume.publish(SECOND, TWO);

    // The blob, two trees, one view.
    assertThat(stat(volume.layout().tree(MODEL, SECOND).resolve("model.safetensors")).links())
        .isEqualTo(4);
    assertThat(stat(volume.layout().tree(MODEL, SECOND).resolve("sub/vocab.txt")).links())
        .isEqualTo(1);
  }

  @Test
  void everyFileOfATreeIsReadOnly() throws IOException {
    volume.publish(FIRST, ONE);

    assertThat(stat(volume.layout().tree(MODEL, FIRST).resolve("config.json")).mode())
        .isEqualTo(0444);
    assertThat(stat(volume.layout().tree(MODEL, FIRST).resolve("model.safetensors")).mode())
        .isEqualTo(0444);
  }

  @Test
  void publishingTwiceIsPublishingOnce() throws IOException {
    volume.publish(FIRST, ONE);
    Publication again = volume.publish(FIRST, ONE);

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.current().generation()).isEqualTo(1);
  }

  @Test
  void theGenerationRisesAboveWhatIsShown() throws IOException {
    volume.publish(FIRST, ONE);
    try (Claim claim = volume.claim()) {
      Publication back = volume.store.publisher().makeCurrent(claim, MODEL, FIRST, 41);

      assertThat(back.current().generation()).isEqualTo(42);
    }
  }

  @Test
  void anotherVersionReplacesTheViewAndKeepsTheOldTree() throws IOException {
    volume.publish(FIRST, ONE);
    Publication publication = volume.publish(SECOND, TWO);

    assertThat(publication.former()).contains(FIRST);
    assertThat(publication.current().generation()).isEqualTo(2);
    assertThat(volume.view()).isEqualTo(expected(TWO));
    assertThat(volume.tree(volume.layout().tree(MODEL, FIRST))).isEqualTo(expected(ONE));
  }

  @Test
  void aRollbackNeedsNothingButTheVolume() throws IOException {
    volume.publish(FIRST, ONE);
    volume.publish(SECOND, TWO);
    try (Claim claim = volume.claim()) {
      Publication back = volume.store.publisher().makeCurrent(claim, MODEL, FIRST, 0);

      assertThat(back.outcome()).isEqualTo(Outcome.SWITCHED);
      assertThat(back.current().generation()).isEqualTo(3);
    }
    assertThat(volume.view()).isEqualTo(expected(ONE));
  }

  @Test
  void aRollbackWritesSmallFilesAndLinksOnly() throws IOException {
    volume.publish(FIRST, ONE);
    volume.publish(SECOND, TWO);
    RecordingCalls recording = new RecordingCalls(volume.calls, directory);
    ModelStore store = Operation.open(directory, recording);
    try (Claims claims = store.claims("recorded");
        Claim claim = claims.take(store.claimPlace(MODEL)).orElseThrow()) {
      store.publisher().makeCurrent(claim, MODEL, FIRST, 0);
    }
    int written =
        recording.trace().changes().stream()
            .filter(Change.Write.class::isInstance)
            .mapToInt(change -> ((Change.Write) change).bytes().length)
            .sum();

    assertThat(written).isLessThan(1000);
  }

  @Test
  void aVersionThatIsNotThereCannotBecomeCurrent() throws IOException {
    volume.publish(FIRST, ONE);
    try (Claim claim = volume.claim()) {
      assertThatThrownBy(() -> volume.store.publisher().makeCurrent(claim, MODEL, SECOND, 0))
          .isInstanceOf(NoSuchVersion.class);
    }
  }

  @Test
  void unchangedContentIsReusedWithoutItsParts() throws IOException {
    volume.publish(FIRST, ONE);
    Map<String, byte[]> changed = files("config.json", "{\"a\":2}");
    Path parts = volume.layout().downloads().resolve(".parts");
    try (Claim claim = volume.claim()) {
      volume
          .store
          .publisher()
          .publish(claim, StoreFixture.manifest(SECOND, TWO), volume.parts(parts, changed), 0);
    }

    assertThat(volume.view()).isEqualTo(expected(TWO));
  }

  @Test
  void contentIsFoundInTreesWhenTheCacheWasClearedAway() throws IOException {
    volume.publish(FIRST, ONE);
    io.modeldepot.store.volume.call.DirectoryTree.remove(
        volume.calls, volume.layout().cache().resolve("blobs"));
    Map<String, byte[]> changed = files("config.json", "{\"a\":2}");
    Path parts = volume.layout().downloads().resolve(".parts");
    try (Claim claim = volume.claim()) {
      volume
          .store
          .publisher()
          .publish(claim, StoreFixture.manifest(SECOND, TWO), volume.parts(parts, changed), 0);
    }

    assertThat(volume.view()).isEqualTo(expected(TWO));
  }

  @Test
  void contentThatIsNowhereIsNamedAndNothingIsPublished() throws IOException {
    try (Claim claim = volume.claim()) {
      assertThatThrownBy(
              () ->
                  volume
                      .store
                      .publisher()
                      .publish(claim, StoreFixture.manifest(FIRST, ONE), Map.of(), 0))
          .isInstanceOfSatisfying(
              MissingContent.class, missing -> assertThat(missing.files()).hasSize(3));
    }
    assertThat(volume.store.versions().commits(MODEL)).isEmpty();
  }

  @Test
  void aWiderSelectionExtendsTheVersion() throws IOException {
    volume.publish(FIRST, files("config.json", "{}"));
    Publication wider = volume.publish(FIRST, files("config.json", "{}", "x.bin", large(2)));

    assertThat(wider.outcome()).isEqualTo(Outcome.EXTENDED);
    assertThat(wider.current().generation()).isEqualTo(2);
    assertThat(volume.view()).containsOnlyKeys("config.json", "x.bin");
  }

  @Test
  void aNarrowerSelectionTakesNothingAway() throws IOException {
    volume.publish(FIRST, ONE);
    volume.publish(FIRST, files("config.json", "{\"a\":1}"));

    assertThat(volume.view()).isEqualTo(expected(ONE));
  }

  @Test
  void aDamagedFileIsReplacedWhenVerifiedContentIsBrought() throws IOException {
    volume.publish(FIRST, ONE);
    Path file = volume.layout().tree(MODEL, FIRST).resolve("model.safetensors");
    byte[] damaged = large(1);
    damaged[5] ^= 1;
    Files.delete(file);
    Files.write(file, damaged);
    volume.calls.chmod(file, 0444);

    assertThat(volume.publish(FIRST, ONE).outcome()).isEqualTo(Outcome.EXTENDED);
    assertThat(volume.tree(volume.layout().tree(MODEL, FIRST))).isEqualTo(expected(ONE));
    assertThat(volume.calls.list(volume.layout().quarantine())).hasSize(1);
  }

  @Test
  void anEditInTheViewStaysWhileTheVersionDoesAndIsNeverDeleted() throws IOException {
    volume.publish(FIRST, ONE);
    Path edited = volume.layout().view(FAMILY, MODEL).resolve("config.json");
    volume.calls.chmod(edited, 0644);
    Files.writeString(edited, "{\"mine\":true}");

    assertThat(volume.store.publisher().isSettled(MODEL)).isTrue();
    volume.publish(SECOND, TWO);
    assertThat(volume.view()).isEqualTo(expected(TWO));
    String aside = volume.calls.list(volume.layout().quarantine()).getFirst();
    assertThat(volume.layout().quarantine().resolve(aside).resolve(MODEL + "/config.json"))
        .hasContent("{\"mine\":true}");
  }

  @Test
  void aFileAddedInTheMomentOfTheExchangeIsKept() throws IOException {
    volume.publish(FIRST, ONE);
    publishWhileSomebodyWrites("exchange");

    assertThat(keptNotes()).containsExactly("mine");
  }

  @Test
  void aHolderThatDiesAfterTheExchangeLeavesTheOldViewToBeLookedThrough() throws IOException {
    volume.publish(FIRST, ONE);
    Path place = volume.store.claimPlace(MODEL);
    Path entry;
    try (Claim claim = volume.claims.take(place).orElseThrow()) {
      entry = claim.work().resolve("old-view");
      Files.createDirectories(entry);
      Files.writeString(entry.resolve("notes.txt"), "mine");
    }
    volume.publish(SECOND, TWO);

    assertThat(entry).doesNotExist();
    assertThat(keptNotes()).containsExactly("mine");
  }

  @Test
  void aNameInTheViewThatCannotBeSpelledIsSomebodysOwn() throws IOException {
    volume.publish(FIRST, ONE);
    Path view = volume.layout().view(FAMILY, MODEL);
    Files.writeString(Path.of(URI.create(view.toUri() + "caf%E9.txt")), "mine");
    volume.publish(SECOND, TWO);

    assertThat(volume.view()).isEqualTo(expected(TWO));
    String aside = volume.calls.list(volume.layout().quarantine()).getFirst();
    assertThat(
            volume.calls.list(volume.layout().quarantine().resolve(aside).resolve(MODEL.value())))
        .contains("caf\ufffd.txt");
  }

  @Test
  void anOldViewThatCannotBeEmptiedStopsNothing() throws IOException {
    volume.publish(FIRST, ONE);
    FaultyCalls calls = new FaultyCalls(volume.calls);
    ModelStore store = Operation.open(directory, calls);
    Map<Sha256, Path> brought = volume.parts(volume.layout().downloads().resolve(".parts"), TWO);
    calls.fail(
        (made, call, path) ->
            call.equals("rmdir") && path.endsWith("old-view/sub")
                ? Optional.of(Errno.ENOTEMPTY)
                : Optional.empty());
    try (Claims claims = store.claims("unlucky");
        Claim claim = claims.take(store.claimPlace(MODEL)).orElseThrow()) {
      store.publisher().publish(claim, StoreFixture.manifest(SECOND, TWO), brought, 0);
      store.publisher().makeCurrent(claim, MODEL, FIRST, 0);
    }

    assertThat(volume.view()).isEqualTo(expected(ONE));
  }

  @Test
  void aManifestThatCannotBeReadIsReplacedAndKeptAsEvidence() throws IOException {
    volume.publish(FIRST, ONE);
    Path manifest = volume.layout().manifest(MODEL, FIRST);
    Files.writeString(manifest, "{\"format\":");
    assertThat(volume.store.invariants().brokenAtRest())
        .anyMatch(broken -> broken.contains(FIRST + ".json cannot be read"));

    assertThat(volume.publish(FIRST, ONE).outcome()).isEqualTo(Outcome.NEW);
    String aside = volume.calls.list(volume.layout().quarantine()).getFirst();
    assertThat(volume.layout().quarantine().resolve(aside).resolve(FIRST + ".json"))
        .hasContent("{\"format\":");
  }

  @Test
  void aDamagedCommitPointIsReplacedWithAGenerationAboveWhatIsShown() throws IOException {
    volume.publish(FIRST, ONE);
    Files.writeString(volume.layout().current(MODEL), "");
    assertThat(volume.store.invariants().brokenAtRest())
        .anyMatch(broken -> broken.contains("current.json cannot be read"));

    try (Claim claim = volume.claim()) {
      Publication healed = volume.store.publisher().makeCurrent(claim, MODEL, FIRST, 7);
      assertThat(healed.current().generation()).isEqualTo(8);
    }
    assertThat(volume.calls.list(volume.layout().quarantine())).hasSize(1);
  }

  @Test
  void somebodysOwnFileInTheViewsPlaceIsKept() throws IOException {
    Path view = volume.layout().view(FAMILY, MODEL);
    Files.createDirectories(view.getParent());
    Files.writeString(view, "mine");
    volume.publish(FIRST, ONE);

    String aside = volume.calls.list(volume.layout().quarantine()).getFirst();
    assertThat(volume.layout().quarantine().resolve(aside).resolve(MODEL.value()))
        .hasContent("mine");
  }

  private void publishWhileSomebodyWrites(String during) throws IOException {
    FaultyCalls calls = new FaultyCalls(volume.calls);
    ModelStore store = Operation.open(directory, calls);
    Path parts = volume.layout().downloads().resolve(".parts");
    Map<Sha256, Path> brought = volume.parts(parts, TWO);
    calls.fail(
        (made, call, path) -> {
          if (call.equals(during)) {
            write(volume.layout().view(FAMILY, MODEL).resolve("notes.txt"), "mine");
          }
          return Optional.empty();
        });
    try (Claims claims = store.claims("racing");
        Claim claim = claims.take(store.claimPlace(MODEL)).orElseThrow()) {
      store.publisher().publish(claim, StoreFixture.manifest(SECOND, TWO), brought, 0);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> keptNotes() throws IOException {
    List<String> notes = new ArrayList<>();
    for (DirectoryTree.Entry entry :
        DirectoryTree.walk(volume.calls, volume.layout().quarantine())) {
      if (entry.path().endsWith("/notes.txt")) {
        notes.add(Files.readString(volume.layout().quarantine().resolve(entry.path())));
      }
    }
    return notes;
  }

  @Test
  void anEditInTheViewDoesNotReachAnyVersion() throws IOException {
    volume.publish(FIRST, ONE);
    Path edited = volume.layout().view(FAMILY, MODEL).resolve("config.json");
    volume.calls.chmod(edited, 0644);
    Files.writeString(edited, "{\"mine\":true}");

    assertThat(volume.tree(volume.layout().tree(MODEL, FIRST))).isEqualTo(expected(ONE));
  }

  @Test
  void aViewThatWasLostIsMadeAgain() throws IOException {
    volume.publish(FIRST, ONE);
    io.modeldepot.store.volume.call.DirectoryTree.remove(
        volume.calls, volume.layout().view(FAMILY, MODEL));

    assertThat(volume.store.publisher().isSettled(MODEL)).isFalse();
    try (Claim claim = volume.claim()) {
      volume.store.publisher().settle(claim, MODEL);
    }
    assertThat(volume.view()).isEqualTo(expected(ONE));
    assertThat(volume.store.publisher().isSettled(MODEL)).isTrue();
  }

  @Test
  void theActiveLinkIsRelativeAndFollowsTheCurrentVersion() throws IOException {
    volume.publish(FIRST, ONE);
    try (Claim claim = volume.claim()) {
      assertThat(volume.store.publisher().activate(claim, MODEL)).isTrue();
    }
    volume.publish(SECOND, TWO);

    assertThat(volume.calls.readLink(volume.layout().active(MODEL)))
        .isEqualTo("../versions/llama2-7b/" + SECOND);
  }

  @Test
  void aModelWithoutAVersionCannotBeActive() throws IOException {
    try (Claim claim = volume.claim()) {
      assertThat(volume.store.publisher().activate(claim, MODEL)).isFalse();
    }
    assertThat(volume.layout().active(MODEL)).doesNotExist();
  }

  @Test
  void aWithdrawnModelHasNeitherViewNorLinkButItsVersions() throws IOException {
    volume.publish(FIRST, ONE);
    try (Claim claim = volume.claim()) {
      volume.store.publisher().activate(claim, MODEL);
      Publication gone = volume.store.publisher().withdraw(claim, MODEL, 0);

      assertThat(gone.outcome()).isEqualTo(Outcome.WITHDRAWN);
      assertThat(gone.current().commit()).isEmpty();
    }
    assertThat(volume.layout().view(FAMILY, MODEL)).doesNotExist();
    assertThat(volume.layout().active(MODEL)).doesNotExist();
    assertThat(volume.store.versions().commits(MODEL)).containsExactly(FIRST);
    assertThat(volume.store.publisher().isSettled(MODEL)).isTrue();
  }

  @Test
  void hostileNamesAreRefusedTogether() throws IOException {
    Map<String, byte[]> hostile = files("../evil", "x", "/etc/passwd", "x", "ok.txt", "x");
    try (Claim claim = volume.claim()) {
      assertThatThrownBy(
              () ->
                  volume
                      .store
                      .publisher()
                      .publish(claim, StoreFixture.manifest(FIRST, hostile), Map.of(), 0))
          .isInstanceOfSatisfying(BadNames.class, bad -> assertThat(bad.faults()).hasSize(2));
    }
  }

  @Test
  void everyVersionOfOneContentIsOneMoreLink() throws IOException {
    volume.publish(FIRST, ONE);
    Map<Sha256, Path> none = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      CommitId commit = CommitId.of(Integer.toString(i).repeat(40));
      try (Claim claim = volume.claim()) {
        volume.store.publisher().publish(claim, StoreFixture.manifest(commit, ONE), none, 0);
      }
    }

    assertThat(stat(volume.layout().tree(MODEL, FIRST).resolve("model.safetensors")).links())
        .isEqualTo(8);
  }

  private FileStat stat(Path path) throws IOException {
    return volume.calls.stat(path).orElseThrow();
  }
}
