package io.modeldepot.deploy.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.modeldepot.events.topic.BrokerRight;
import io.modeldepot.events.topic.Party;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a chart needs of the code, as data: ports, topics, and the logins with their rights. */
public final class Contract {
  private static final String HEAD =
      "# What the code says, for the templates. Written by `make docs`; a test compares.\n";

  private Contract() {}

  /** As a file of the chart. */
  public static String text() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("ports", Services.ports());
    all.put("topics", Topics.ALL.stream().map(Contract::topic).toList());
    all.put("logins", Arrays.stream(Party.values()).map(Contract::login).toList());
    try {
      return HEAD + mapper.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> topic(TopicSpec topic) {
    Map<String, Object> it = new LinkedHashMap<>();
    it.put("name", topic.name());
    it.put("partitions", topic.partitions());
    it.put("config", new TreeMap<>(topic.settings()));
    return it;
  }

  private static Map<String, Object> login(Party party) {
    Map<String, Object> it = new LinkedHashMap<>();
    it.put("name", party.word());
    it.put("acls", acls(party));
    return it;
  }

  /** By Strimzi's names: what is allowed with one thing is one rule. */
  static List<Map<String, Object>> acls(Party party) {
    Map<Map<String, Object>, Set<String>> operations = new LinkedHashMap<>();
    for (BrokerRight right : BrokerRight.of(party)) {
      for (String name : right.names()) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("type", type(right.resource()));
        resource.put("name", name);
        resource.put("patternType", right.prefix() ? "prefix" : "literal");
        operations
            .computeIfAbsent(resource, any -> new LinkedHashSet<>())
            .addAll(right.operations());
      }
    }
    List<Map<String, Object>> acls = new ArrayList<>();
    operations.forEach(
        (resource, allowed) -> {
          Map<String, Object> acl = new LinkedHashMap<>();
          acl.put("resource", resource);
          acl.put("operations", List.copyOf(allowed));
          acls.add(acl);
        });
    return acls;
  }

  private static String type(BrokerRight.Resource resource) {
    return switch (resource) {
      case TOPIC -> "topic";
      case GROUP -> "group";
      case TRANSACTIONAL_ID -> "transactionalId";
    };
  }
}
