package io.modeldepot.registry.spread;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three locations report to a registry of their own. */
@QuarkusTest
@QuarkusTestResource(value = DepotTestResource.Own.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // injected before each test
class SpreadTest {
  private static final List<String> ALL = List.of("north", "south", "west");
  private static final String COMMIT = Given.commit('a');

  @Inject SpreadKeeper keeper;
  TestBroker broker;
  private String model = "";

  @BeforeEach
  void threeLocationsLiveAndAModelIsAtOne() {
    ALL.forEach(name -> report(name, Duration.ZERO));
    model = Given.name("spread");
    Given.entry(model);
    present("north", 1);
  }

  @Test
  void asManyCopiesAsAreWishedAreAskedForOnce() {
    wish("{\"spread\":{\"policy\":\"copies\",\"copies\":2}}");

    keeper.look();
    keeper.look();

    List<String> locations = locations();
    assertThat(locations).hasSize(2).isSubsetOf(ALL);
    assertThat(asked())
        .isNotEmpty()
        .allSatisfy(
            asked -> {
              assertThat(asked.getString("revision")).isEqualTo(COMMIT);
              assertThat(asked.getString("actor")).isEqualTo("spread");
            })
        .extracting(asked -> asked.getString("location"))
        .containsExactlyInAnyOrderElementsOf(
            locations.stream().filter(name -> !name.equals("north")).toList());
    given().get("/api/v1/models/" + model).then().body("pin", equalTo(null));
  }

  @Test
  void aLostLocationsCopyIsMadeElsewhere() {
    wish("{\"spread\":{\"policy\":\"copies\",\"copies\":2}}");
    keeper.look();
    List<String> before = locations();
    before.forEach(name -> present(name, 2));
    String lost = before.stream().filter(name -> !name.equals("north")).findFirst().orElseThrow();

    report(lost, Duration.ofHours(1));
    keeper.look();

    List<String> after = locations();
    assertThat(after).hasSize(2).doesNotContain(lost);
  }

  @Test
  void allIsEveryLocationThatLives() {
    report("west", Duration.ofHours(1));
    wish("{\"spread\":{\"policy\":\"all\"}}");

    keeper.look();
    assertThat(locations()).containsExactlyInAnyOrder("north", "south");

    report("west", Duration.ZERO);
    keeper.look();
    assertThat(locations()).containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void namedLocationsAreLeftAsTheyAreAndFilled() {
    wish("{\"locations\":[\"north\",\"south\"]}");

    keeper.look();

    assertThat(locations()).containsExactly("north", "south");
    assertThat(asked()).extracting(asked -> asked.getString("location")).containsExactly("south");
  }

  @Test
  void whatWasRemovedThereOnPurposeIsNotCopiedBackUntilTheEntryChanges() {
    wish("{\"locations\":[\"north\",\"south\"]}");
    say("south", 3, VersionState.REMOVED);

    keeper.look();
    assertThat(asked()).isEmpty();

    wish("{\"useCase\":\"again\"}");
    keeper.look();
    assertThat(asked()).hasSize(1);
  }

  @Test
  void nothingIsDecidedWhileNoLocationLives() {
    ALL.forEach(name -> report(name, Duration.ofHours(1)));
    wish("{\"spread\":{\"policy\":\"copies\",\"copies\":3}}");

    keeper.look();

    assertThat(locations()).containsExactly("default");
    assertThat(asked()).isEmpty();
  }

  @Test
  void aWishThatIsNoneIsRefused() {
    for (String wrong :
        List.of(
            "{\"spread\":{\"policy\":\"everywhere\"}}",
            "{\"spread\":{\"policy\":\"copies\",\"copies\":0}}")) {
      given()
          .contentType("application/merge-patch+json")
          .header("If-Match", etag())
          .body(wrong)
          .patch("/api/v1/models/" + model)
          .then()
          .statusCode(422);
    }
  }

  private void wish(String patch) {
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", etag())
        .body(patch)
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(200);
  }

  private String etag() {
    return given().get("/api/v1/models/" + model).header("ETag");
  }

  private List<String> locations() {
    return given().get("/api/v1/models/" + model).jsonPath().getList("locations", String.class);
  }

  /** The requests for copies, as they went out. */
  private List<JsonPath> asked() {
    List<String> ids =
        given()
            .get("/api/v1/downloads?model=" + model)
            .jsonPath()
            .getList("items.id", String.class);
    return ids.stream().map(id -> given().get("/api/v1/downloads/" + id).jsonPath()).toList();
  }

  private void present(String location, long generation) {
    say(location, generation, VersionState.PRESENT);
    Eventually.await()
        .until(
            () ->
                given()
                    .get("/api/v1/models/" + model + "/versions")
                    .jsonPath()
                    .getList("items.location")
                    .contains(location));
  }

  private void say(String location, long generation, VersionState state) {
    ModelVerified it = Given.verified(model, COMMIT, generation, COMMIT, state);
    ModelVerified said =
        new ModelVerified(
            LocationName.of(location),
            it.model(),
            it.family(),
            it.commit(),
            it.state(),
            it.generation(),
            it.currentCommit(),
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
    publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    if (state == VersionState.REMOVED) {
      Eventually.await()
          .until(
              () ->
                  given()
                      .get("/api/v1/audit?object=model/" + model + "@" + COMMIT)
                      .jsonPath()
                      .getList("items.action")
                      .contains("version.removed"));
    }
  }

  private void report(String location, Duration age) {
    Instant at = Instant.now().minus(age).truncatedTo(ChronoUnit.MILLIS);
    // A report that is older than the known one counts for nothing, so the location is forgotten.
    publish(Topics.STORAGE_REPORTED, location, null);
    publish(
        Topics.STORAGE_REPORTED,
        location,
        new StorageReported(
            LocationName.of(location),
            location,
            4L << 40,
            4L << 40,
            0,
            0,
            0,
            0,
            List.of(),
            List.of(),
            new Capabilities(true, true, false, true, false),
            at));
    Eventually.await()
        .until(
            () ->
                Optional.ofNullable(
                        given()
                            .get("/api/v1/storage/" + location)
                            .jsonPath()
                            .getString("reportedAt"))
                    // Not as text: there the milliseconds stand also where they are none.
                    .map(Instant::parse)
                    .filter(at::equals)
                    .isPresent());
  }

  private void publish(TopicSpec topic, String key, @Nullable Object payload) {
    Topic.publish(
        broker.bootstrapServers(),
        topic,
        key,
        payload == null ? null : new String(Wire.write(payload), StandardCharsets.UTF_8),
        Map.of());
  }
}
