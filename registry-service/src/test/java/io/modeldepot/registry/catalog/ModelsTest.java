package io.modeldepot.registry.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class ModelsTest {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  @Test
  void aWishIsAnEditThatRaisesTheGenerationAndIsAnnounced() throws Exception {
    String model = Given.name("wish");
    String etag = Given.entry(model);

    patch(model, etag, "{\"active\":true,\"placement\":{\"users\":4,\"contextTokens\":2048}}")
        .then()
        .statusCode(200)
        .body("active", equalTo(true))
        .body("generation", equalTo(2));

    List<ConsumerRecord<String, byte[]>> announced =
        Topic.records(Topics.MODEL_DESCRIBED, 2, record -> model.equals(record.key()));
    ModelDescribed last = Wire.read(announced.getLast().value(), ModelDescribed.class);
    assertThat(last.generation()).isEqualTo(2);
    assertThat(last.active()).isTrue();
    assertThat(Topic.header(announced.getLast(), "ce_type"))
        .isEqualTo("io.modeldepot.model-described.v1");
    assertThat(Topic.header(announced.getLast(), "ce_source")).isEqualTo("/registry/registry-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"users\":0,\"contextTokens\":1}|/placement/users|0 is not within 1 to",
        "{\"users\":1,\"contextTokens\":-4}|/placement/contextTokens|-4 is not within 1 to",
        "{\"users\":2,\"minUsers\":3,\"contextTokens\":1}|/placement/minUsers|3 is not within 1 to 2",
        "{\"users\":2,\"contextTokens\":1,\"variants\":[\"fp8\",\"fp9\"]}|/placement/variants/1|Did you mean fp8",
        "{\"users\":2,\"contextTokens\":1,\"variants\":[\"zip\"]}|/placement/variants/0|It can be fp32, fp16,",
        "{\"users\":2,\"contextTokens\":1,\"replicas\":9999}|/placement/replicas|9999 is not within 1 to 256",
        "{\"users\":2,\"contextTokens\":1,\"priority\":10}|/placement/priority|10 is not within 0 to 9",
        "{\"users\":2,\"contextTokens\":1,\"gpu\":\"a b\"}|/placement/gpu|HOST/ID",
      })
  void aDemandThatCannotBeMeantIsRefusedWithWhatItCouldBe(
      String demand, String pointer, String why) {
    String model = Given.name("demand");
    String etag = Given.entry(model);

    patch(model, etag, "{\"placement\":" + demand + "}")
        .then()
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of(pointer)))
        .body("errors[0].detail", containsString(why));

    given().get("/api/v1/models/" + model).then().body("generation", equalTo(1));
  }

  @Test
  void aNullInAPatchTakesAWishBack() {
    String model = Given.name("unpin");
    String etag = Given.entry(model);
    String pinned =
        patch(model, etag, "{\"pin\":\"" + Given.commit('a') + "\"}")
            .then()
            .statusCode(200)
            .body("pin", equalTo(Given.commit('a')))
            .extract()
            .header("ETag");

    patch(model, pinned, "{\"pin\":null}").then().statusCode(200).body("pin", nullValue());
  }

  @Test
  void aPatchThatChangesNothingIsNoNewGeneration() {
    String model = Given.name("same");
    String etag = Given.entry(model);

    patch(model, etag, "{\"active\":false}")
        .then()
        .statusCode(200)
        .body("generation", equalTo(1))
        .header("ETag", equalTo(etag));
  }

  @Test
  void aChangeWithoutAnEtagIsRefused() {
    String model = Given.name("no-etag");
    Given.entry(model);

    given()
        .contentType(MERGE_PATCH)
        .body("{\"active\":true}")
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(428)
        .body("code", equalTo("precondition-required"));
  }

  @Test
  void ofTwoWhoReadTheSameOnlyTheFirstMayWrite() throws Exception {
    String model = Given.name("race");
    String etag = Given.entry(model);
    int writers = 8;

    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService together = Executors.newFixedThreadPool(writers)) {
      List<Callable<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int keep = 10 + i;
        writes.add(() -> patch(model, etag, "{\"keepVersions\":" + keep + "}").statusCode());
      }
      for (Future<Integer> written : together.invokeAll(writes)) {
        statuses.add(written.get());
      }
    }

    assertThat(statuses).containsOnlyOnce(200);
    assertThat(statuses).filteredOn(status -> status != 200).containsOnly(412);
  }

  @Test
  void anEtagOfAnOlderStateIsRefusedAndTheCurrentOneIsNamed() {
    String model = Given.name("old-etag");
    String etag = Given.entry(model);
    patch(model, etag, "{\"keepVersions\":5}").then().statusCode(200);

    patch(model, etag, "{\"keepVersions\":6}")
        .then()
        .statusCode(412)
        .body("code", equalTo("precondition-failed"))
        .body("evidence.currentEtag", notNullValue());
  }

  @Test
  void whoKnowsTheStateGetsNoBodyAgain() {
    String model = Given.name("known");
    String etag = Given.entry(model);

    given()
        .header("If-None-Match", etag)
        .get("/api/v1/models/" + model)
        .then()
        .statusCode(304)
        .header("ETag", equalTo(etag));
  }

  @Test
  void everyWrongFieldOfABodyIsPointedTo() {
    String model = Given.name("wrong");
    String etag = Given.entry(model);

    patch(
            model,
            etag,
            "{\"keepVersions\":0,\"update\":\"sometimes\",\"placement\":{\"users\":0,\"contextTokens\":1}}")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid"))
        .body("errors.pointer", hasItem("/keepVersions"))
        .body("errors.pointer", hasItem("/update"))
        .body("errors.pointer", hasItem("/placement/users"));
  }

  @Test
  void aWishThatIsSpelledWrongIsNotDroppedSilently() {
    String model = Given.name("typo");
    String etag = Given.entry(model);

    patch(model, etag, "{\"kepVersions\":5}")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/kepVersions"));
  }

  @Test
  void onlyMakingIsAskedForWithIfNoneMatch() {
    String model = Given.name("twice");
    Given.entry(model);

    given()
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body("{\"family\":\"test\"}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(412);
  }

  @Test
  void replacingSetsWhatIsLeftOutToTheStandard() {
    String model = Given.name("replace");
    String etag = Given.entry(model);
    String changed = patch(model, etag, "{\"keepVersions\":9}").header("ETag");

    given()
        .contentType("application/json")
        .header("If-Match", changed)
        .body("{\"displayName\":\"Other\"}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(200)
        .body("displayName", equalTo("Other"))
        .body("family", equalTo("test"))
        .body("keepVersions", equalTo(3));
  }

  @Test
  void anActiveModelIsNotRemoved() {
    String model = Given.name("in-use");
    String etag = Given.entry(model);
    patch(model, etag, "{\"active\":true}");

    given()
        .delete("/api/v1/models/" + model)
        .then()
        .statusCode(409)
        .body("code", equalTo("in-use"));
  }

  @Test
  void removingAnEntrySaysForgottenAndAsksTheJanitorForItsContent() {
    String model = Given.name("gone");
    Given.entry(model);

    String request =
        given()
            .delete("/api/v1/models/" + model + "?content=true")
            .then()
            .statusCode(202)
            .body("command.scope", equalTo("model"))
            .extract()
            .path("command.requestId");

    given().get("/api/v1/models/" + model).then().statusCode(404);
    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 2, record -> model.equals(record.key())))
        .last()
        .matches(record -> record.value() == null);
    assertThat(Topic.records(Topics.CLEANUP_DUE, 1, record -> model.equals(record.key())))
        .first()
        .matches(record -> new String(record.value()).contains(request));
  }

  @Test
  void anEntryThatIsMadeAgainIsNewerThanItsFormerSelf() {
    String model = Given.name("again");
    Given.entry(model);
    given().delete("/api/v1/models/" + model).then().statusCode(202);

    Given.entry(model);

    given().get("/api/v1/models/" + model).then().body("generation", equalTo(2));
  }

  @Test
  void aListIsFilteredSortedAndPagedWithoutLossWhileRowsComeAndGo() {
    String family = Given.name("page").replace('.', '-');
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String name = family + "-" + (char) ('a' + 2 * i);
      names.add(name);
      put(name, family);
    }
    Response first = page("filter=family=" + family + "&limit=2&sort=name");
    put(family + "-b", family); // sorts before the cursor: must not shift what follows
    put(family + "-z", family); // sorts after everything: must show up

    List<String> seen = new ArrayList<>(first.path("items.model"));
    String next = first.path("next");
    while (next != null) {
      Response page = page("filter=family=" + family + "&limit=2&sort=name&cursor=" + next);
      seen.addAll(page.path("items.model"));
      next = page.path("next");
    }

    List<String> expected = new ArrayList<>(names);
    expected.add(family + "-z");
    assertThat(seen).containsExactlyElementsOf(expected);
    assertThat(first.header("Link")).contains("rel=\"next\"").contains("cursor=");
  }

  @Test
  void aCursorOfAnotherQuestionIsRefused() {
    String next = page("limit=1&sort=name").path("next");

    page("limit=1&sort=size&cursor=" + next)
        .then()
        .statusCode(400)
        .body("code", equalTo("bad-request"));
  }

  @Test
  void theFilterGrammarOfTheCommandLineWorksInTheAddress() {
    page("filter=users>=20&filter=family=phi").then().body("items.model", hasItem("phi-2"));
    page("filter=size>30g").then().body("items.model", not(hasItem("phi-2")));
    page("q=code").then().body("items.model", hasItem("codellama-13b"));
    page("filter=nonsense>1").then().statusCode(400).body("detail", notNullValue());
  }

  @Test
  void aListIsATableForThoseWhoAskForText() {
    String table =
        given()
            .accept("text/plain")
            .get("/api/v1/models")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(table.lines().findFirst().orElseThrow().split(" +"))
        .containsExactly("NAME", "VERSION", "STATE", "SIZE", "VERIFIED");
    assertThat(table.lines().filter(line -> line.startsWith("phi-2 "))).hasSize(1);
  }

  @Test
  void tooManyRowsAreNotGivenAtOnce() {
    page("limit=501").then().statusCode(400);
    page("limit=3").then().body("items", hasSize(3));
  }

  private static Response patch(String model, String etag, String body) {
    return given()
        .contentType(MERGE_PATCH)
        .header("If-Match", etag)
        .body(body)
        .patch("/api/v1/models/" + model);
  }

  private static void put(String model, String family) {
    given()
        .contentType("application/json")
        .body("{\"family\":\"" + family + "\"}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(201);
  }

  private static Response page(String query) {
    return given().urlEncodingEnabled(true).get("/api/v1/models?" + query);
  }
}
