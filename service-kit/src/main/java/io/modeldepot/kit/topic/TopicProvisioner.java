package io.modeldepot.kit.topic;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.topic.TopicReport.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Makes missing topics with the settings of the contract and compares the others with it. The
 * number of replicas is the broker's default: one at the embedded broker, three in production. Who
 * may not make topics waits for who may.
 */
public final class TopicProvisioner {
  private static final Logger LOG = Logger.getLogger(TopicProvisioner.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final KafkaConnection connection;
  private final List<TopicSpec> topics;

  /** For every topic there is. */
  public TopicProvisioner(KafkaConnection connection) {
    this(connection, Topics.ALL);
  }

  /** For these topics. */
  public TopicProvisioner(KafkaConnection connection, List<TopicSpec> topics) {
    this.connection = connection;
    this.topics = List.copyOf(topics);
  }

  /**
   * Makes and compares. Idempotent.
   *
   * @param patience how long to wait for a broker that is not there
   * @throws org.apache.kafka.common.KafkaException if it is not there that long, or refuses
   */
  public TopicReport provision(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Admin admin = Admin.create(connection.forAdmin())) {
      while (true) {
        try {
          Map<String, String> ids = new HashMap<>();
          List<String> created = createMissing(admin, ids);
          return new TopicReport(created, differences(admin, created, ids), ids);
        } catch (RetriableException e) {
          if (System.nanoTime() > deadline) {
            throw e;
          }
          pause();
        }
      }
    }
  }

  private List<String> createMissing(Admin admin, Map<String, String> ids) {
    Set<String> present = get(admin.listTopics().names());
    List<NewTopic> missing =
        topics.stream()
            .filter(topic -> !present.contains(topic.name()))
            .map(TopicProvisioner::asNewTopic)
            .toList();
    List<String> created = new ArrayList<>();
    CreateTopicsResult making = admin.createTopics(missing);
    making
        .values()
        .forEach(
            (name, result) -> {
              try {
                get(result);
                created.add(name);
                ids.put(name, get(making.topicId(name)).toString());
              } catch (TopicExistsException e) {
                // Another service was faster.
              } catch (TopicAuthorizationException e) {
                // Where logins have rights, the registry alone makes topics: it is waited for.
                LOG.debugf("Waiting for %s, which this login may not make.", name);
              }
            });
    return created;
  }

  private List<Difference> differences(Admin admin, List<String> created, Map<String, String> ids) {
    List<TopicSpec> others =
        topics.stream().filter(topic -> !created.contains(topic.name())).toList();
    if (others.isEmpty()) {
      return List.of();
    }
    Map<String, TopicDescription> found =
        get(admin.describeTopics(others.stream().map(TopicSpec::name).toList()).allTopicNames());
    found.forEach((name, description) -> ids.put(name, description.topicId().toString()));
    Map<ConfigResource, Config> settings =
        get(
            admin
                .describeConfigs(
                    others.stream()
                        .map(topic -> resource(topic.name()))
                        .collect(Collectors.toSet()))
                .all());
    List<Difference> differences = new ArrayList<>();
    for (TopicSpec topic : others) {
      Optional.ofNullable(found.get(topic.name()))
          .map(description -> description.partitions().size())
          .filter(partitions -> partitions != topic.partitions())
          .ifPresent(
              partitions ->
                  differences.add(
                      new Difference(
                          topic.name(),
                          "partitions",
                          Integer.toString(topic.partitions()),
                          Integer.toString(partitions))));
      Optional.ofNullable(settings.get(resource(topic.name())))
          .ifPresent(actual -> differences.addAll(compare(topic, actual)));
    }
    return differences;
  }

  private static List<Difference> compare(TopicSpec topic, Config actual) {
    List<Difference> differences = new ArrayList<>();
    topic
        .settings()
        .forEach(
            (name, wanted) -> {
              ConfigEntry entry = actual.get(name);
              String value = entry == null ? "" : String.valueOf(entry.value());
              if (!asSet(value).equals(asSet(wanted))) {
                differences.add(new Difference(topic.name(), name, wanted, value));
              }
            });
    return differences;
  }

  /** Lists such as {@code compact,delete} have no order. */
  private static Set<String> asSet(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }

  private static NewTopic asNewTopic(TopicSpec topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.settings());
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
