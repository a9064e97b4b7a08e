package io.modeldepot.downloader.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.fetch.Listing;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

  static Stream<String> hostileNames() {
    return Stream.of(
        "",
        "/etc/passwd",
        "../../../.ssh/authorized_keys",
        "a/../../b",
        "a/./b",
        "a//b",
        "a/",
        ".",
        "..",
        "a\0b",
        "a\nb",
        "a\u001b[31mb",
        "a\\b",
        "x".repeat(256),
        "d/".repeat(600) + "f");
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void aHostileNameIsRefused(String name) {
    Optional<Problem> refusal = Refusals.names(listing("config.json", name));

    assertThat(refusal).map(Problem::code).contains(ProblemCode.BAD_NAME);
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void aRefusalDoesNotCarryControlCharactersToAScreen(String name) {
    Problem refusal = Refusals.names(listing("config.json", name)).orElseThrow();

    assertThat((refusal.detail() + refusal.evidence()).chars()).noneMatch(Character::isISOControl);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "a b.txt", "über/模型😀.txt", ".gitattributes", "a/b/c/d"})
  void anOrdinaryNameIsNotRefused(String name) {
    assertThat(Refusals.names(listing(name))).isEmpty();
  }

  @Test
  void namesThatDifferOnlyInCaseAreRefused() {
    assertThat(Refusals.names(listing("Config.json", "config.json"))).isPresent();
  }

  @Test
  void aFileThatIsAFolderTooIsRefused() {
    assertThat(Refusals.names(listing("a", "a/b"))).isPresent();
  }

  @Test
  void onlySomeOfManyBadNamesAreShown() {
    Problem refusal =
        Refusals.names(
                listing(IntStream.range(0, 50).mapToObj(i -> "../" + i).toArray(String[]::new)))
            .orElseThrow();

    assertThat((List<?>) refusal.evidence().get("files")).hasSize(5);
    assertThat(refusal.detail()).contains("50 file names");
  }

  @Test
  void aManifestThatDoesNotFitARecordIsRefused() {
    Listing listing =
        new Listing(
            CommitId.of("0".repeat(40)),
            IntStream.range(0, 15_000)
                .mapToObj(
                    i ->
                        new Listing.Entry(
                            "x".repeat(200) + i,
                            1,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))
                .toList());

    assertThat(Refusals.size(listing)).map(Problem::code).contains(ProblemCode.TOO_LARGE);
    assertThat(Refusals.size(listing).orElseThrow().detail()).contains("manifest", "7.0 MiB");
  }

  @Test
  void moreFilesThanAManifestHoldsAreRefused() {
    assertThat(
            Refusals.size(
                listing(IntStream.range(0, 20_001).mapToObj(i -> "" + i).toArray(String[]::new))))
        .map(Problem::code)
        .contains(ProblemCode.TOO_LARGE);
  }

  @Test
  void anOrdinaryRepositoryIsNotTooLarge() {
    assertThat(
            Refusals.size(
                listing(IntStream.range(0, 5_000).mapToObj(i -> "" + i).toArray(String[]::new))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2", "LLAMA2"})
  void aLicenceThatTheSiteRefusesIsRefused(String refused) {
    assertThat(Refusals.licence(licensed("llama2"), List.of("x", refused)))
        .map(Problem::code)
        .contains(ProblemCode.LICENCE_REFUSED);
  }

  @Test
  void anotherLicenceIsNotRefused() {
    assertThat(Refusals.licence(licensed("llama2"), List.of("llama"))).isEmpty();
  }

  @Test
  void whatHasNoLicenceIsNotRefused() {
    assertThat(
            Refusals.licence(
                new Source(
                    SourceKind.HUB,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                List.of("mit")))
        .isEmpty();
  }

  private static Source licensed(String licence) {
    return new Source(
        SourceKind.HUB,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(licence),
        Optional.empty());
  }

  private static Listing listing(String... paths) {
    return Listing.of(
        CommitId.of("0".repeat(40)),
        Stream.of(paths)
            .map(path -> new RepositoryFile(path, 1, Optional.empty(), Optional.empty()))
            .toList());
  }
}
