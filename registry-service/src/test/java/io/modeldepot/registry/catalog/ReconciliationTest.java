package io.modeldepot.registry.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ReconciliationTest {
  @Inject Reconciliation reconciliation;
  @Inject Catalog catalog;

  @Test
  void anEntryThatTheTopicLacksIsAnnouncedAgain() {
    String model = Given.name("lacks");
    Given.entry(model);
    Topic.records(Topics.MODEL_DESCRIBED, 1, record -> model.equals(record.key()));

    reconcileWithout(model);

    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 2, record -> model.equals(record.key())))
        .hasSize(2);
  }

  @Test
  void anEntryThatTheTopicShowsAsItIsIsNotAnnouncedAgain() {
    String model = Given.name("agrees");
    Given.entry(model);

    reconcile(catalog.find(ModelName.of(model)).orElseThrow());

    String after = Given.name("after");
    Given.entry(after);
    Topic.records(Topics.MODEL_DESCRIBED, 1, record -> after.equals(record.key()));
    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 1, record -> model.equals(record.key())))
        .hasSize(1);
  }

  @Test
  void ofTwoWishesTheDatabasesCountsUnderAGenerationAboveTheTopics() throws Exception {
    String model = Given.name("differs");
    Given.entry(model);

    reconcile(said(model, "Somebody else wrote this", 7));

    List<ConsumerRecord<String, byte[]>> announced =
        Topic.records(Topics.MODEL_DESCRIBED, 2, record -> model.equals(record.key()));
    ModelDescribed last = Wire.read(announced.getLast().value(), ModelDescribed.class);
    assertThat(last.generation()).isEqualTo(8);
    assertThat(last.displayName()).isEqualTo(model);
  }

  @Test
  void anEntryThatTheDatabaseHasNeverHeardOfIsTakenFromTheTopic() {
    String model = Given.name("restored");

    reconcile(said(model, "From before the loss", 5));

    given()
        .get("/api/v1/models/" + model)
        .then()
        .statusCode(200)
        .body("displayName", equalTo("From before the loss"))
        .body("generation", equalTo(5));
  }

  @Test
  void anEntryThatWasRemovedHereIsRemovedFromTheTopic() {
    String model = Given.name("removed");
    Given.entry(model);
    given().delete("/api/v1/models/" + model).then().statusCode(202);

    reconcile(said(model, "Still there", 1));

    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 3, record -> model.equals(record.key())))
        .last()
        .matches(record -> record.value() == null);
    given().get("/api/v1/models/" + model).then().statusCode(404);
  }

  @Test
  void aSeedThatNobodyTouchedGivesWayToWhatTheTopicRemembers() throws Exception {
    ModelDescribed seed = catalog.find(ModelName.of("qwen-7b")).orElseThrow();
    try {
      reconcile(
          new ModelDescribed(
              seed.model(),
              seed.family(),
              seed.repository(),
              seed.displayName(),
              seed.useCase(),
              seed.licence(),
              seed.branch(),
              Optional.of(io.modeldepot.events.terms.CommitId.of(Given.commit('e'))),
              seed.update(),
              seed.keepVersions(),
              seed.active(),
              seed.locations(),
              seed.profile(),
              seed.placement(),
              9));

      given()
          .get("/api/v1/models/qwen-7b")
          .then()
          .body("pin", equalTo(Given.commit('e')))
          .body("generation", equalTo(9));
    } finally {
      Tables.run("update model set pin = null, generation = 1 where name = 'qwen-7b'");
    }
  }

  private void reconcile(ModelDescribed said) {
    Map<String, ModelDescribed> topic = all();
    topic.put(said.model().value(), said);
    reconcile(topic);
  }

  private void reconcileWithout(String model) {
    Map<String, ModelDescribed> topic = all();
    topic.remove(model);
    reconcile(topic);
  }

  private void reconcile(Map<String, ModelDescribed> topic) {
    reconciliation
        .names(topic.keySet())
        .forEach(name -> reconciliation.reconcile(name, Optional.ofNullable(topic.get(name))));
  }

  /** A topic that agrees with every entry of other tests. */
  private Map<String, ModelDescribed> all() {
    Map<String, ModelDescribed> topic = new HashMap<>();
    List<String> names =
        given()
            .get("/api/v1/models?limit=500&filter=state!=orphan")
            .then()
            .extract()
            .path("items.model");
    names.forEach(
        name -> catalog.find(ModelName.of(name)).ifPresent(entry -> topic.put(name, entry)));
    return topic;
  }

  private static ModelDescribed said(String model, String displayName, long generation) {
    return new ModelDescribed(
        ModelName.of(model),
        FamilyName.of("test"),
        Optional.empty(),
        displayName,
        Optional.empty(),
        Optional.empty(),
        Optional.of("main"),
        Optional.empty(),
        UpdatePolicy.MANUAL,
        3,
        false,
        List.of(LocationName.of("default")),
        Profile.FULL,
        Optional.empty(),
        generation);
  }
}
