package io.modeldepot.events.topic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a party may do with something at a broker that asks who is there. Nothing else may be done.
 *
 * @param resource what kind of thing
 * @param names of these things
 * @param prefix whether every name that begins so is meant
 * @param operations by Kafka's names
 */
public record BrokerRight(
    Resource resource, List<String> names, boolean prefix, List<String> operations) {

  /** Kinds of things at a broker. */
  public enum Resource {
    TOPIC,
    GROUP,
    TRANSACTIONAL_ID
  }

  public BrokerRight {
    names = List.copyOf(names);
    operations = List.copyOf(operations);
  }

  /**
   * Everything that a party needs. The topics are made by the registry alone; all others wait for
   * that. The registry shows events as they come and so reads every topic, as operators may.
   */
  public static List<BrokerRight> of(Party party) {
    List<BrokerRight> rights = new ArrayList<>();
    rights.add(
        topics(
            Topics.ALL,
            party == Party.REGISTRY
                ? List.of("Create", "Describe", "DescribeConfigs")
                : List.of("Describe", "DescribeConfigs")));
    rights.add(
        topics(
            Topics.ALL.stream()
                .filter(topic -> seesAll(party) || topic.readers().contains(party))
                .toList(),
            List.of("Read")));
    rights.add(
        topics(
            Topics.ALL.stream().filter(topic -> topic.writers().contains(party)).toList(),
            List.of("Write")));
    rights.addAll(groups(party));
    return rights.stream().filter(right -> !right.names().isEmpty()).toList();
  }

  private static boolean seesAll(Party party) {
    return party == Party.REGISTRY || party == Party.OPERATOR;
  }

  private static BrokerRight topics(List<TopicSpec> topics, List<String> operations) {
    return new BrokerRight(
        Resource.TOPIC, topics.stream().map(TopicSpec::name).sorted().toList(), false, operations);
  }

  private static List<BrokerRight> groups(Party party) {
    List<String> read = List.of("Read");
    return switch (party) {
      case REGISTRY, DOWNLOADER, JANITOR ->
          List.of(new BrokerRight(Resource.GROUP, List.of(party.word() + "-"), true, read));
      // It leads by being the one that reads, and publishes a plan whole or not at all.
      case PLACEMENT ->
          List.of(
              new BrokerRight(Resource.GROUP, List.of("placement"), false, read),
              new BrokerRight(
                  Resource.TRANSACTIONAL_ID,
                  List.of("placement"),
                  false,
                  List.of("Describe", "Write")));
      case OPERATOR ->
          List.of(
              new BrokerRight(
                  Resource.GROUP, List.of("console-consumer-", "operator-"), true, read));
      case AGENT, MIRROR -> List.of();
    };
  }
}
