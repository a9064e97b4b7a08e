package io.modeldepot.kit.topic;

import java.util.List;
import java.util.Map;

/**
 * How the broker's topics are.
 *
 * @param created names of those that were missing and now exist
 * @param differences what is otherwise than the contract says; left as it is
 * @param ids the broker's id of each topic: a topic that was removed and made again has another
 */
public record TopicReport(
    List<String> created, List<Difference> differences, Map<String, String> ids) {

  /** Copies the lists and the map. */
  public TopicReport {
    created = List.copyOf(created);
    differences = List.copyOf(differences);
    ids = Map.copyOf(ids);
  }

  /**
   * One setting that differs.
   *
   * @param topic topic
   * @param setting Kafka's name of the setting, or {@code partitions}
   * @param wanted by the contract
   * @param actual at the broker
   */
  public record Difference(String topic, String setting, String wanted, String actual) {}
}
