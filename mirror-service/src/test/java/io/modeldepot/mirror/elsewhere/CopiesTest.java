package io.modeldepot.mirror.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.kit.state.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final LocationName HERE = LocationName.of("here");
  private static final String OLD = "1".repeat(40);
  private static final String NEW = "2".repeat(40);
  private static final Map<String, byte[]> FILES = Map.of("a.bin", new byte[] {1, 2, 3});

  private final Copies copies = new Copies(Duration.ofMinutes(3), () -> NOW);

  private void lives(String location) {
    reported(location, NOW, "http://" + location + ":8085");
  }

  private void reported(String location, Instant at, String... urls) {
    copies.reported(record(location, Optional.of(Said.storage(location, at, urls))));
  }

  private void has(Said said, long generation) {
    copies.verified(record(said.key(), Optional.of(said.verified(generation))));
  }

  private static <T> StateRecord<T> record(String key, Optional<T> value) {
    return new StateRecord<>(key, value, 0, 0, NOW, Optional.empty());
  }

  private Optional<String> found(String id, String revision) {
    return copies.find(HERE, id, revision, "").map(it -> it.mirror().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme/phi", "ACME/Phi", "phi"})
  void aVersionIsFoundByEveryNameThatItsMirrorKnows(String id) {
    lives("north");
    has(Said.of("north", "phi", NEW, FILES), 1);

    assertThat(found(id, "main")).contains("http://north:8085");
    assertThat(found(id, NEW)).contains("http://north:8085");
    assertThat(found(id, OLD)).isEmpty();
    assertThat(found(id, "nightly")).isEmpty();
  }

  @Test
  void aBranchMeansWhatTheOtherMirrorWouldAnswer() {
    lives("north");
    has(Said.of("north", "phi", OLD, FILES).asked("nightly"), 1);

    assertThat(copies.find(HERE, "acme/phi", "nightly", "a.bin"))
        .hasValueSatisfying(
            it -> {
              assertThat(it.edition().commit().value()).isEqualTo(OLD);
              assertThat(it.file()).hasValueSatisfying(f -> assertThat(f.sizeBytes()).isEqualTo(3));
            });
  }

  @Test
  void whatIsHereIsNotElsewhere() {
    lives("here");
    has(Said.of("here", "phi", NEW, FILES), 1);

    assertThat(found("acme/phi", NEW)).isEmpty();
  }

  @Test
  void aLocationThatReportsNoMoreIsNotNamed() {
    reported("north", NOW.minus(Duration.ofMinutes(3)), "http://north:8085");
    has(Said.of("north", "phi", NEW, FILES), 1);

    assertThat(found("acme/phi", NEW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ftp://north", "http://user:secret@north", "http://north?x=1", "no address"})
  void anAddressThatIsNoMirrorsIsNotNamed(String url) {
    reported("north", NOW, url.isEmpty() ? new String[0] : new String[] {url});
    has(Said.of("north", "phi", NEW, FILES), 1);

    assertThat(found("acme/phi", NEW)).isEmpty();
  }

  @Test
  void whatStandsBehindAGateIsNotNamed() {
    lives("north");
    has(Said.of("north", "phi", NEW, FILES).behindAGate(), 1);

    assertThat(found("acme/phi", NEW)).isEmpty();
    assertThat(found("acme/phi", "main")).isEmpty();
  }

  @Test
  void aGatedCurrentVersionIsNotReplacedByAnOlderOneThatIsOpen() {
    lives("north");
    has(Said.of("north", "phi", OLD, FILES), 1);
    Said gated = Said.of("north", "phi", NEW, FILES).behindAGate();
    has(gated, 2);
    ModelVerified old = Said.of("north", "phi", OLD, FILES).verified(2);
    copies.verified(record("north/phi/" + OLD, Optional.of(withCurrent(old, gated.verified(2)))));

    assertThat(found("acme/phi", "main")).isEmpty();
    assertThat(found("acme/phi", OLD)).isPresent();
  }

  private static ModelVerified withCurrent(ModelVerified it, ModelVerified current) {
    return new ModelVerified(
        it.location(),
        it.model(),
        it.family(),
        it.commit(),
        it.state(),
        it.generation(),
        current.currentCommit(),
        it.path(),
        it.verifiedBy(),
        it.sizeBytes(),
        it.presentBytes(),
        it.fileCount(),
        it.files(),
        it.source(),
        it.profile(),
        it.signature(),
        it.upstreamSignature(),
        it.scan(),
        it.reading(),
        it.requestIds(),
        it.verifiedAt());
  }

  @Test
  void whatWasRemovedIsNotNamedWhateverArrivesLater() {
    lives("north");
    Said said = Said.of("north", "phi", NEW, FILES);
    has(said.in(VersionState.ARCHIVED), 2);
    has(said, 1);

    assertThat(found("acme/phi", NEW)).isEmpty();
    has(said, 3);
    assertThat(found("acme/phi", NEW)).isPresent();
    copies.verified(record(said.key(), Optional.empty()));
    assertThat(found("acme/phi", NEW)).isEmpty();
  }

  @Test
  void aLocationThatLacksTheFileIsNotNamedForIt() {
    lives("north");
    lives("south");
    has(Said.of("north", "phi", NEW, FILES), 1);
    has(Said.of("south", "phi", NEW, Map.of("b.bin", new byte[1])), 1);

    for (int i = 0; i < 20; i++) {
      String name = i % 2 == 0 ? "a.bin" : "b.bin";
      assertThat(copies.find(HERE, "acme/phi", NEW, name).orElseThrow().mirror().toString())
          .startsWith(i % 2 == 0 ? "http://north" : "http://south");
    }
    assertThat(copies.find(HERE, "acme/phi", NEW, "c.bin"))
        .hasValueSatisfying(it -> assertThat(it.file()).isEmpty());
  }

  @Test
  void filesOfACommitAreSpreadAndEachStaysWhereItIs() {
    List<String> paths = IntStream.range(0, 300).mapToObj(i -> "f" + i + ".bin").toList();
    Map<String, byte[]> files = new HashMap<>();
    paths.forEach(path -> files.put(path, new byte[] {1}));
    for (String location : List.of("north", "south", "west")) {
      lives(location);
      has(Said.of(location, "phi", NEW, files), 1);
    }

    Map<String, String> before = places(paths);
    reported("west", NOW.minus(Duration.ofHours(1)), "http://west:8085");
    Map<String, String> after = places(paths);

    for (String location : List.of("north", "south", "west")) {
      assertThat(before.values().stream().filter(it -> it.contains(location)))
          .as(location)
          .hasSizeBetween(60, 140);
    }
    before.forEach(
        (path, place) -> {
          if (!place.contains("west")) {
            assertThat(after).as("only what the lost one had moves").containsEntry(path, place);
          }
        });
    assertThat(after.values()).noneMatch(it -> it.contains("west"));
  }

  private Map<String, String> places(List<String> paths) {
    Map<String, String> places = new HashMap<>();
    for (String path : paths) {
      places.put(path, copies.find(HERE, "acme/phi", NEW, path).orElseThrow().mirror().toString());
    }
    return places;
  }

  @Test
  void allFilesOfABranchAreAtOnePlace() {
    Map<String, byte[]> files = new HashMap<>();
    IntStream.range(0, 30).forEach(i -> files.put("f" + i, new byte[] {1}));
    for (String location : List.of("north", "south", "west")) {
      lives(location);
      has(Said.of(location, "phi", NEW, files), 1);
    }

    assertThat(
            files.keySet().stream()
                .map(it -> copies.find(HERE, "acme/phi", "main", it).orElseThrow().mirror())
                .distinct())
        .hasSize(1);
  }
}
