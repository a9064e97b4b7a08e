package io.modeldepot.events.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.contract.Documents;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  private static final List<Program> PROGRAMS = Program.all();

  @Test
  void thePageIsThatOfTheSources() {
    Documents.check("docs/configuration.md", ConfigurationPage.text(PROGRAMS));
  }

  @Test
  void everySettingSaysWhatItMeans() {
    assertThat(settings().filter(it -> it.sentence().isEmpty()).map(Setting::name))
        .as("give them a comment where they are declared")
        .isEmpty();
  }

  @Test
  void whatAServiceBringsAlongIsRead() {
    assertThat(PROGRAMS.stream().flatMap(it -> it.faults().stream())).isEmpty();
  }

  @Test
  void aSecretHasNoDefaultAndIsKnownAsOne() {
    List<Setting> secrets = settings().filter(Setting::isSecret).toList();

    assertThat(secrets).allMatch(it -> it.standard().isEmpty());
    assertThat(secrets)
        .extracting(Setting::name)
        .containsExactlyInAnyOrder(
            "depot.access.token",
            "kafka.sasl.jaas.config",
            "kafka.ssl.truststore.password",
            "kafka.ssl.keystore.password",
            "kafka.ssl.keystore.key",
            "kafka.ssl.key.password",
            "depot.redis.password",
            "quarkus.datasource.password",
            "HF_TOKEN",
            "DEPOT_PEERS_TOKEN",
            "depot.mirror.access.tokens");
  }

  @Test
  void whatPagesAndMessagesCallASettingIsOne() {
    Set<String> names = new TreeSet<>(NamedSettings.ofOtherPrograms());
    settings().forEach(it -> names.addAll(it.variables()));

    assertThat(NamedSettings.variables().stream().filter(it -> !it.isIn(names)))
        .as("names that no setting has")
        .isEmpty();
  }

  @Test
  void whatAServiceAsksForIsOnThePage() {
    Set<String> names = new TreeSet<>();
    settings().forEach(it -> names.addAll(it.property().stream().toList()));
    PROGRAMS.forEach(it -> it.groups().forEach(group -> names.add(group.name())));

    assertThat(PROGRAMS.stream().flatMap(it -> NamedSettings.properties(it.module()).stream()))
        .allMatch(it -> it.isIn(names))
        .hasSizeGreaterThan(20);
  }

  private static Stream<Setting> settings() {
    return PROGRAMS.stream().flatMap(Program::settings);
  }
}
