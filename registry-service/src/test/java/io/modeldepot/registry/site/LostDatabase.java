package io.modeldepot.registry.site;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.Map;

/** A topic that says, before the registry starts, what no row of its database knows. */
public class LostDatabase implements QuarkusTestResourceLifecycleManager {
  static final long GENERATION = 12;
  static final String KEY = "gpu/" + Given.name("before-the-loss") + "/0";

  @Override
  public Map<String, String> start() {
    var unused =
        new TopicProvisioner(KafkaConnection.to(TestBroker.shared().bootstrapServers()))
            .provision(Duration.ofSeconds(30));
    Topic.publish(
        Topics.SITE_DESCRIBED,
        KEY,
        new SiteDescribed(KEY, Map.of("state", "drained", "reason", "new fan"), GENERATION));
    return Map.of();
  }

  @Override
  public void stop() {
    // What a topic says stays.
  }
}
