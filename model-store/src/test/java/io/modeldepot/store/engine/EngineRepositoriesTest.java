package io.modeldepot.store.engine;

import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.engine.EngineRepositories.Outcome;
import io.modeldepot.store.engine.EngineRepositories.Published;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.volume.call.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineRepositoriesTest {
  private static final RepositoryName SMALL = new RepositoryName("gpu-host", "0");
  private static final RepositoryName LARGE = new RepositoryName("gpu-host", "1");

  @TempDir Path directory;
  private StoreFixture volume;
  private EngineRepositories engines;
  private Claim claim;

  @BeforeEach
  void setUp() throws Exception {
    volume = new StoreFixture(directory);
    engines = volume.store.engines();
    claim =
        volume.claims.await(volume.store.enginesClaimPlace(), Duration.ofSeconds(10)).orElseThrow();
  }

  @AfterEach
  void everythingHolds() throws IOException {
    if (!claim.isOver()) {
      claim.close();
    }
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
    volume.close();
  }

  private static PlacedFiles placed(long generation, RepositoryName... where) {
    Map<RepositoryName, Map<String, String>> folders = new java.util.HashMap<>();
    for (RepositoryName name : where) {
      folders.put(name, files(generation));
    }
    return new PlacedFiles(MODEL, generation, folders);
  }

  private static Map<String, String> files(long number) {
    return Map.of("config.pbtxt", "name: \"" + number + "\"\n", "1/model.json", "{}\n");
  }

  private Path at(RepositoryName name) {
    return directory.resolve("engines/triton").resolve(name.toString()).resolve(MODEL.value());
  }

  @Test
  void aFolderIsMadeForEveryRepositoryThatTheDecisionWants() throws IOException {
    Published done = engines.publish(claim, placed(7, SMALL, LARGE));

    assertThat(done).isEqualTo(new Published(Outcome.PUBLISHED, List.of()));
    assertThat(at(SMALL).resolve("config.pbtxt")).hasContent("name: \"7\"");
    assertThat(at(LARGE).resolve("1/model.json")).hasContent("{}");
    assertThat(engines.isSettled(placed(7, SMALL, LARGE))).isTrue();
    assertThat(engines.models()).containsExactly(MODEL);
  }

  @Test
  void publishingTwiceIsPublishingOnce() throws IOException {
    engines.publish(claim, placed(7, SMALL));
    var before = Files.getLastModifiedTime(at(SMALL).resolve("config.pbtxt"));
    Object folder = Files.readAttributes(at(SMALL), "unix:ino").get("ino");

    assertThat(engines.publish(claim, placed(7, SMALL)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(Files.getLastModifiedTime(at(SMALL).resolve("config.pbtxt"))).isEqualTo(before);
    assertThat(Files.readAttributes(at(SMALL), "unix:ino").get("ino")).isEqualTo(folder);
  }

  @Test
  void anOlderDecisionNeverReplacesANewerOne() throws IOException {
    engines.publish(claim, placed(8, LARGE));

    assertThat(engines.publish(claim, placed(7, SMALL)).outcome()).isEqualTo(Outcome.OUTDATED);

    assertThat(at(SMALL)).doesNotExist();
    assertThat(at(LARGE).resolve("config.pbtxt")).hasContent("name: \"8\"");
  }

  @Test
  void anOlderDecisionDoesNotBringBackWhatANewerOneTookAway() throws IOException {
    engines.publish(claim, placed(7, SMALL));
    remove(engines.publish(claim, placed(9)), 9);

    assertThat(engines.publish(claim, placed(8, SMALL)).outcome()).isEqualTo(Outcome.OUTDATED);
    assertThat(at(SMALL)).doesNotExist();
  }

  @Test
  void whatADecisionDoesNotWantStaysUntilItIsRemoved() throws IOException {
    engines.publish(claim, placed(7, SMALL));

    Published moved = engines.publish(claim, placed(8, LARGE));

    assertThat(moved.leaving()).containsExactly(SMALL);
    assertThat(at(SMALL)).isDirectory();
    remove(moved, 8);
    assertThat(at(SMALL)).doesNotExist();
    assertThat(at(SMALL).getParent()).as("a server may run on it").isDirectory();
    assertThat(engines.isSettled(placed(8, LARGE))).isTrue();
  }

  @Test
  void aRemovalForAnOlderDecisionIsIgnored() throws IOException {
    engines.publish(claim, placed(7, SMALL));
    Published moved = engines.publish(claim, placed(8, LARGE));
    engines.publish(claim, placed(9, SMALL));

    remove(moved, 8);

    assertThat(at(SMALL).resolve("config.pbtxt")).hasContent("name: \"9\"");
    engines.remove(claim, MODEL, 9, List.of(LARGE));
  }

  @Test
  void whatWasEditedOrDeletedByHandIsMadeAgain() throws IOException {
    engines.publish(claim, placed(7, SMALL));
    Path file = at(SMALL).resolve("config.pbtxt");
    volume.calls.chmod(file, 0644);
    Files.writeString(file, "mine");

    assertThat(engines.isSettled(placed(7, SMALL))).isFalse();
    assertThat(engines.publish(claim, placed(7, SMALL)).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(file).hasContent("name: \"7\"");
  }

  @Test
  void aFolderThatSomebodyElseMadeGoesToTheQuarantineWhole() throws IOException {
    Files.createDirectories(at(SMALL).resolve("1"));
    Files.writeString(at(SMALL).resolve("config.pbtxt"), "somebody's own");

    engines.publish(claim, placed(7, SMALL));

    assertThat(at(SMALL).resolve("config.pbtxt")).hasContent("name: \"7\"");
    assertThat(quarantined("somebody's own")).isTrue();
  }

  @Test
  void aFileThatSomebodyAddedToOurFolderIsKept() throws IOException {
    engines.publish(claim, placed(7, SMALL));
    Files.writeString(at(SMALL).resolve("notes.txt"), "what I found out");

    engines.publish(claim, placed(8, SMALL));

    assertThat(quarantined("what I found out")).isTrue();
  }

  @Test
  void modelsOfOthersInARepositoryAreLeftAlone() throws IOException {
    Path own = at(SMALL).resolveSibling("tokenizer");
    Files.createDirectories(own);
    Files.writeString(own.resolve("config.pbtxt"), "name: \"tokenizer\"");

    engines.publish(claim, placed(7, SMALL));
    remove(engines.publish(claim, placed(8)), 8);

    assertThat(own.resolve("config.pbtxt")).hasContent("name: \"tokenizer\"");
  }

  @Test
  void aModelThatWasNeverPlacedLeavesNoTrace() throws IOException {
    engines.publish(claim, placed(3));

    assertThat(engines.models()).isEmpty();
  }

  @Test
  void aRecordThatCannotBeReadIsKeptAndWrittenAnew() throws IOException {
    engines.publish(claim, placed(7, SMALL));
    Files.writeString(directory.resolve("engines/placed/" + MODEL + ".json"), "{no json");

    engines.publish(claim, placed(7, SMALL));

    assertThat(quarantined("{no json")).isTrue();
    assertThat(engines.record(MODEL).orElseThrow().generation()).isEqualTo(7);
  }

  @Test
  void whoLostTheClaimPublishesNothing() throws IOException {
    AtomicLong nanos = new AtomicLong();
    ClaimTimes times = new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    try (Claims others = new Claims(volume.store.volume(), "other", times, nanos::get)) {
      Path place = volume.store.enginesClaimPlace();
      var unused = others.takeIfPossible(place);
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      try (Claim taken = others.takeOver(place).orElseThrow()) {
        engines.publish(taken, placed(7, SMALL));

        assertThatThrownBy(() -> engines.publish(claim, placed(8, LARGE)))
            .isInstanceOf(ClaimLost.class);
      }
    }
    assertThat(at(LARGE)).doesNotExist();
    assertThat(engines.record(MODEL).orElseThrow().generation()).isEqualTo(7);
  }

  @Test
  void whereFoldersCannotBeExchangedTheyAreReplacedAllTheSame() throws IOException {
    Path root = directory.resolve("plain");
    try (StoreFixture plain =
        new StoreFixture(root, StoreFixture.without("exchange", Errno.EINVAL))) {
      try (Claim held =
          plain
              .claims
              .await(plain.store.enginesClaimPlace(), Duration.ofSeconds(10))
              .orElseThrow()) {
        plain.store.engines().publish(held, placed(7, SMALL));
        plain.store.engines().publish(held, placed(8, SMALL));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertThat(plain.store.invariants().brokenAtRest()).isEmpty();
      assertThat(
              root.resolve("engines/triton")
                  .resolve(SMALL.toString())
                  .resolve(MODEL.value())
                  .resolve("config.pbtxt"))
          .hasContent("name: \"8\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "a\\b", "1/../../x", "con", "1/\u202emodel.json"})
  void aFileNameThatLeadsOutOfTheFolderIsRefusedBeforeAnythingIsDone(String name)
      throws IOException {
    PlacedFiles wanted = new PlacedFiles(MODEL, 7, Map.of(SMALL, Map.of(name, "x")));

    assertThatThrownBy(() -> engines.publish(claim, wanted)).isInstanceOf(BadNames.class);
    assertThat(engines.models()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", ".hidden", "a b", "a\nb", "-rf"})
  void aHostThatCannotBeAFolderIsRefused(String host) {
    assertThatThrownBy(() -> new RepositoryName(host, "0"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RepositoryName("gpu-host", host))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void severalGpusAndSlicesNameOneFolder() {
    assertThat(RepositoryName.of("h", List.of("0", "1"))).hasToString("h/0+1");
    assertThat(RepositoryName.of("h", List.of("MIG-GPU-b3061c09/3/0")))
        .hasToString("h/MIG-GPU-b3061c09-3-0");
    assertThat(RepositoryName.parse("h/0+1")).isEqualTo(new RepositoryName("h", "0+1"));
  }

  private void remove(Published done, long generation) throws IOException {
    engines.remove(claim, MODEL, generation, done.leaving());
  }

  private boolean quarantined(String text) throws IOException {
    try (var files = Files.walk(directory.resolve(".depot/quarantine"))) {
      return files
          .filter(Files::isRegularFile)
          .anyMatch(
              file -> {
                try {
                  return Files.readString(file).equals(text);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
    }
  }
}
