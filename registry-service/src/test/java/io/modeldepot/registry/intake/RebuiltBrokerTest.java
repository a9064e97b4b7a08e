package io.modeldepot.registry.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // injected
class RebuiltBrokerTest {
  @Inject Presence presence;

  @Test
  void aTopicThatWasRemovedIsMadeAgainAndToldTheWholeCatalog() throws Exception {
    String model = Given.name("kept");
    Given.entry(model);
    Topic.records(Topics.MODEL_DESCRIBED, 1, record -> model.equals(record.key()));
    presence.provideAndTell();
    remove(Topics.MODEL_DESCRIBED.name());

    presence.provideAndTell();

    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 1, record -> model.equals(record.key())))
        .hasSize(1);
    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 1, record -> "phi-2".equals(record.key())))
        .hasSize(1);
  }

  @Test
  void aTopicThatIsAsBeforeIsToldNothing() {
    presence.provideAndTell();
    String model = Given.name("once");
    Given.entry(model);

    presence.provideAndTell();

    String after = Given.name("after");
    Given.entry(after);
    Topic.records(Topics.MODEL_DESCRIBED, 1, record -> after.equals(record.key()));
    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 1, record -> model.equals(record.key())))
        .hasSize(1);
  }

  @Test
  void anEntryThatCanBeNoneIsSkippedAndTheNextOneCounts() throws Exception {
    String without = Given.name("without");
    String none = Given.name("none");
    String good = Given.name("good");
    Topic.publish(Topics.MODEL_DESCRIBED, without, described(without, 3, 0), Map.of());
    Topic.publish(Topics.MODEL_DESCRIBED, none, described(none, 0, 41), Map.of());
    Topic.publish(Topics.MODEL_DESCRIBED, good, described(good, 3, 40), Map.of());

    Eventually.await().untilAsserted(() -> assertThat(generations(good)).isEqualTo("40"));
    assertThat(generations(without)).isEqualTo("null");
    assertThat(generations(none)).isEqualTo("null");
    given().get("/q/health/ready").then().statusCode(200);
  }

  private static String generations(String model) throws Exception {
    return Tables.value(
        "select max(generation) from model_generation where name = '" + model + "'");
  }

  private static void remove(String topic) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of("bootstrap.servers", TestBroker.shared().bootstrapServers()))) {
      admin.deleteTopics(List.of(topic)).all().get();
      Eventually.await().until(() -> !admin.listTopics().names().get().contains(topic));
    }
  }

  private static String described(String model, int keepVersions, long generation) {
    return """
        {"model":"%s","family":"test","displayName":"x","update":"manual","keepVersions":%d,
         "active":false,"locations":["default"],"profile":"full","generation":%d}
        """
        .formatted(model, keepVersions, generation);
  }
}
