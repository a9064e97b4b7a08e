package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeRepository;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no attempt can bring in: said once, with the reason and what would help. */
@QuarkusTest
class RefusalsTest extends House {
  private static final long SIXTEEN_TEBIBYTES = 1L << 44;

  /** Asks for a described model that has to be refused. */
  private Ear.Heard refused(String model, String... more) {
    describe(model);
    ask("rf-" + model, model, more);
    Ear.Heard fact = failed("rf-" + model);
    assertThat(view(model)).doesNotExist();
    assertThat(root.resolve("versions").resolve(model).resolve("current.json")).doesNotExist();
    return fact;
  }

  private static void assertCode(Ear.Heard fact, String code) {
    assertThat(fact.text("/problem/code")).as("%s", fact).isEqualTo(code);
    assertThat(fact.text("/problem/detail")).isNotBlank();
    assertThat(fact.value().orElseThrow().at("/problem/remedies").size()).isPositive();
  }

  private void assertNoContentAsked() {
    assertThat(hub.requests()).noneMatch(it -> it.isContent());
  }

  @Test
  void aRepositoryThatIsNotThere() {
    Ear.Heard fact = refused("no-such-repository");

    assertCode(fact, "repository-not-found");
    assertThat(fact.text("/hubErrorCode")).isEqualTo("RepoNotFound");
    assertThat(fact.number("/httpStatus")).isEqualTo(404);
  }

  @Test
  void aRevisionThatIsNotThere() {
    repository("no-such-revision", 10_000).commit("main");

    Ear.Heard fact = refused("no-such-revision", "\"revision\":\"nightly\"");

    assertCode(fact, "revision-not-found");
    assertThat(fact.text("/hubErrorCode")).isEqualTo("RevisionNotFound");
  }

  @Test
  void aRepositoryThatIsSwitchedOff() {
    repository("switched-off", 10_000).disable().commit("main");

    assertCode(refused("switched-off"), "disabled");
    assertNoContentAsked();
  }

  @Test
  void aGateThatThisTokenHasNotPassedIsNoticedBeforeAnyByte() {
    repository("gated", 10_000).gate("manual").commit("main");

    Ear.Heard fact = refused("gated");

    assertCode(fact, "gated");
    assertThat(fact.text("/hubErrorCode")).isEqualTo("GatedRepo");
    assertThat(fact.number("/httpStatus")).isEqualTo(403);
    assertNoContentAsked();
  }

  @ParameterizedTest
  @CsvSource({
    "401,GatedRepo,gated",
    "403,GatedRepo,gated",
    "401,RepoNotFound,repository-not-found",
    "401,,unauthorized",
    "403,,forbidden"
  })
  void whatTheHubAnswersToTheFirstQuestion(int status, String hubCode, String code) {
    String model = "answer-" + status + "-" + code;
    repository(model, 10_000).commit("main");
    hub.mood(
            hubCode == null
                ? Mood.Refuse.with(status)
                : new Mood.Refuse(status, Map.of("X-Error-Code", hubCode)))
        .onPath(model)
        .atHub();

    Ear.Heard fact = refused(model);

    assertCode(fact, code);
    assertThat(fact.number("/httpStatus")).isEqualTo(status);
  }

  @Test
  void aFileThatIsForbiddenInMidTransfer() {
    repository("half-open", 10_000).commit("main");
    hub.mood(new Mood.Refuse(403, Map.of("X-Error-Code", "GatedRepo")))
        .onPath("half-open/resolve.*tensors");

    assertCode(refused("half-open"), "gated");
  }

  @Test
  void aFileThatIsListedAndNotThere() {
    repository("lost-file", 10_000).commit("main");
    hub.mood(new Mood.Refuse(404, Map.of("X-Error-Code", "EntryNotFound")))
        .onPath("lost-file/resolve.*config");

    assertCode(refused("lost-file"), "hub-inconsistent");
  }

  @Test
  void aLicenceThatTheSiteRefuses() {
    repository("bad-licence", 10_000).license("Do-Not-Use").commit("main");

    Ear.Heard fact = refused("bad-licence");

    assertCode(fact, "licence-refused");
    assertNoContentAsked();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          up,             ../x
          up-inside,      a/../../x
          absolute,       /etc/cron.d/x
          backslash,      ..\\x
          device,         aux.txt
          control,        a\u0007b
          newline,        'a
          b'
          hidden-turn,    a\u202eb
          dot-end,        trailing.
          """)
  void aNameThatMayNotBeOnTheVolume(String kind, String path) {
    FakeRepository repository = repository("name-" + kind, 10_000);
    repository.put(path, "hostile").commit("main");

    assertCode(refused("name-" + kind), "bad-name");
    assertNoContentAsked();
  }

  @Test
  void twoNamesThatAreOneFileSomewhere() {
    repository("name-collision", 10_000).put("readme.md", "other").commit("main");

    assertCode(refused("name-collision"), "bad-name");
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeItsFirstByteWithTheFigures() {
    repository("huge", 10_000)
        .put("huge.safetensors", Content.listed(SIXTEEN_TEBIBYTES))
        .commit("main");

    Ear.Heard fact = refused("huge");

    assertCode(fact, "no-space");
    assertThat(fact.number("/problem/evidence/neededBytes"))
        .isGreaterThanOrEqualTo(SIXTEEN_TEBIBYTES);
    assertThat(fact.number("/problem/evidence/freeBytes")).isPositive();
    assertThat(fact.value().orElseThrow().at("/problem/retryable").asBoolean()).isTrue();
    assertNoContentAsked();
  }

  @Test
  void aPlanOfWhatDoesNotFitSaysSo() {
    repository("huge-plan", 10_000)
        .put("huge.bin", Content.listed(SIXTEEN_TEBIBYTES))
        .commit("main");

    assertCode(refused("huge-plan", "\"plan\":true"), "no-space");
  }

  @Test
  void moreThanAManifestCanHold() {
    FakeRepository repository = hub.repository("org/too-many");
    Content nothing = Content.of("");
    for (int file = 0; file <= 20_000; file++) {
      repository.put("f" + file, nothing);
    }
    repository.commit("main");

    assertCode(refused("too-many"), "too-large");
  }
}
