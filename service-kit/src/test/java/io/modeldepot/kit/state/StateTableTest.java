package io.modeldepot.kit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.SiteDescribed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateTableTest {
  private final StateTable<SiteDescribed> table =
      StateTable.byGeneration(SiteDescribed::generation);

  @Test
  void theHigherGenerationCountsWhenItComesLater() {
    hear("first", 1);
    hear("second", 2);

    assertThat(word()).contains("second");
  }

  @Test
  void theHigherGenerationCountsWhenItComesEarlier() {
    hear("second", 2);
    hear("first", 1);

    assertThat(word()).contains("second");
  }

  @Test
  void ofTwoWithOneGenerationTheLaterCounts() {
    hear("first", 1);
    hear("again", 1);

    assertThat(word()).contains("again");
  }

  @Test
  void whatIsForgottenIsNoMore() {
    hear("first", 1);
    table.heard(at(Optional.empty()));

    assertThat(word()).isEmpty();
  }

  private void hear(String word, long generation) {
    table.heard(at(Optional.of(new SiteDescribed("k", Map.of("word", word), generation))));
  }

  private Optional<Object> word() {
    return table.get("k").flatMap(site -> Optional.ofNullable(site.value().get("word")));
  }

  private static StateRecord<SiteDescribed> at(Optional<SiteDescribed> value) {
    return new StateRecord<>("k", value, 0, 0, Instant.EPOCH, Optional.empty());
  }
}
