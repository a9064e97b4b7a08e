package io.modeldepot.systemtests.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.topic.Party;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.testkit.broker.SecuredBroker;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with a login for every party, and the rights that the script gives which operators run.
 * Kafka's own command is not at hand, so what the script calls it with is done by Kafka's client.
 */
final class BrokerLogins {
  private static final String CALL = "kafka-acls:";
  private static final Map<String, ResourceType> KINDS =
      Map.of(
          "--topic", ResourceType.TOPIC,
          "--group", ResourceType.GROUP,
          "--transactional-id", ResourceType.TRANSACTIONAL_ID);

  private BrokerLogins() {}

  static SecuredBroker start(Path folder) {
    List<String> parties = Arrays.stream(Party.values()).map(Party::word).toList();
    SecuredBroker broker = SecuredBroker.start(parties);
    Map<String, Object> client = Map.copyOf(broker.client(SecuredBroker.ADMIN));
    try (Admin admin = Admin.create(client)) {
      admin.createAcls(asked(folder)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return broker;
  }

  private static List<AclBinding> asked(Path folder) {
    Path said = folder.resolve("kafka-acls");
    try {
      Files.writeString(said, "#!/bin/sh\necho " + CALL + "\nprintf '%s\\n' \"$@\"\n");
      Files.setPosixFilePermissions(said, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String out =
        new Shell(
                Repository.root(),
                Map.of("KAFKA_ACLS", said.toString(), "PATH", System.getenv("PATH")))
            .run("deploy/kafka/acls.sh --bootstrap-server broker:9092")
            .ok();
    List<AclBinding> asked =
        Arrays.stream(out.split(CALL))
            .filter(call -> !call.isBlank())
            .flatMap(call -> of(call.strip().lines().toList()).stream())
            .toList();
    assertThat(asked).hasSizeGreaterThan(Party.values().length);
    return asked;
  }

  private static List<AclBinding> of(List<String> call) {
    assertThat(call).startsWith("--bootstrap-server", "broker:9092", "--add");
    String principal = after("--allow-principal", call).getFirst();
    PatternType pattern =
        call.contains("--resource-pattern-type") ? PatternType.PREFIXED : PatternType.LITERAL;
    List<AclBinding> asked = new ArrayList<>();
    KINDS.forEach(
        (option, kind) -> {
          for (String name : after(option, call)) {
            for (String operation : after("--operation", call)) {
              asked.add(
                  new AclBinding(
                      new ResourcePattern(kind, name, pattern),
                      new AccessControlEntry(
                          principal,
                          "*",
                          operation.equals("DescribeConfigs")
                              ? AclOperation.DESCRIBE_CONFIGS
                              : AclOperation.fromString(operation),
                          AclPermissionType.ALLOW)));
            }
          }
        });
    assertThat(asked).as(call.toString()).isNotEmpty();
    return asked;
  }

  private static List<String> after(String option, List<String> call) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i + 1 < call.size(); i++) {
      if (call.get(i).equals(option)) {
        values.add(call.get(i + 1));
      }
    }
    return values;
  }
}
