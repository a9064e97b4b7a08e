package io.modeldepot.registry.notify;

import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.webhook.WebhookServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics that say a receiver and what it was told of, before a registry starts that knows none. */
public class LostRegistry implements QuarkusTestResourceLifecycleManager {
  static final WebhookServer SERVER = new WebhookServer();
  static final String NAME = Given.name("before-the-loss").replaceAll("[^a-z0-9-]", "-");
  static final String BACKUP = Given.name("old-backup");
  static final String MODEL = Given.name("old-model");

  @Override
  public Map<String, String> start() {
    var unused =
        new TopicProvisioner(KafkaConnection.to(TestBroker.shared().bootstrapServers()))
            .provision(Duration.ofSeconds(30));
    Watched.file(NAME + "-url", SERVER.url("/hook"));
    String key = "notify/" + NAME;
    Topic.publish(
        Topics.SITE_DESCRIBED,
        key,
        new SiteDescribed(
            key, Map.of("on", List.of("*"), "urlFile", NAME + "-url", "template", "plain"), 7));
    Facts.maintained(
        BACKUP, "default", MaintenanceKind.BACKUP, MaintenanceState.FAILED, Facts.now());
    Facts.placed(MODEL, 1, Optional.of(PlacementObstacle.TOO_LARGE), Facts.now());
    return Map.of();
  }

  @Override
  public void stop() {
    SERVER.close();
  }
}
