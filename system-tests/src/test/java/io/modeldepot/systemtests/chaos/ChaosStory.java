package io.modeldepot.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.topic.TopicKind;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Three quarters of a minute of trouble, then a broker that is wiped; {@code make chaos} makes more
 * of it. What was drawn is printed and can be drawn again: {@code -Ddepot.chaos.seed=…}, for {@code
 * -Ddepot.chaos.seconds=…}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosStory {
  /** A job's own waits between two attempts are up to five minutes. */
  private static final Duration TO_END = Duration.ofMinutes(7);

  private static final Duration TO_AGREE = Duration.ofSeconds(60);

  private final long seed = Long.getLong("depot.chaos.seed", System.nanoTime() & 0xffff_ffffL);
  private final Duration trouble = Duration.ofSeconds(Long.getLong("depot.chaos.seconds", 45));
  private final Path folder = Repository.newDataFolder("chaos");
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Run run = started();
  private final Agreement agreement =
      new Agreement(run.site(), run.models().stream().map(MovingModel::name).toList());
  private final Outcomes outcomes = new Outcomes(run.site(), run.history());
  private final RegistryClient registry = run.site().registry();

  private Run started() {
    try {
      return new Run(seed, folder);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  void trouble() throws Exception {
    System.out.printf(
        "Chaos with -Ddepot.chaos.seed=%d for %d s, written to %s%n",
        seed, trouble.toSeconds(), run.history().file());
    Faults.leftOut(run.site()).forEach(why -> System.out.println("NOT TESTED: " + why));
    figures.put("seed", seed);
    figures.put("seconds of trouble", trouble.toSeconds());
    run.bringIn();
    run.trouble(trouble);
  }

  @AfterAll
  void close() {
    figures.put("watched", run.watcher().seen());
    figures.put("counted", run.history().counts());
    figures.forEach((what, value) -> System.out.println("chaos: " + what + ": " + value));
    run.close();
  }

  @Test
  @Order(1)
  void everyAcceptedRequestEnds() {
    long begin = System.nanoTime();
    Wait.until(
        "every request has ended",
        TO_END,
        () -> outcomes.open().isEmpty(),
        () -> String.join("\n", outcomes.open()));
    figures.put("seconds until all had ended", seconds(begin));
    figures.put("ended", outcomes.tally());
  }

  @Test
  @Order(2)
  void volumeTopicsAndRegistryAgreeWithinAMinute() {
    long begin = System.nanoTime();
    Wait.until(
        "they agree",
        TO_AGREE,
        () -> agreement.differences().isEmpty(),
        () -> {
          try {
            return String.join("\n", agreement.differences());
          } catch (java.io.IOException e) {
            return e.toString();
          }
        });
    figures.put("seconds until all agreed", seconds(begin));
  }

  @Test
  @Order(3)
  void theTrailTellsOfEveryRequestOnceAndOfItsEndOnce() {
    assertThat(outcomes.trail()).isEmpty();
  }

  @Test
  @Order(4)
  void theAuditChainHolds() {
    assertThat(registry.get("/audit/verify").body().path("intact").asBoolean()).isTrue();
  }

  @Test
  @Order(5)
  void aDownloadEndsInOneWayAndAGenerationHasOneMeaning() {
    assertThat(outcomes.topics()).isEmpty();
  }

  @Test
  @Order(6)
  void nothingWasLostThatNobodyAskedToRemove() throws Exception {
    assertThat(outcomes.lost(run.models())).isEmpty();
  }

  @Test
  @Order(7)
  void theVolumeKeepsItsInvariants() throws Exception {
    StoreInvariants.assertHoldAtRest(run.site().models());
  }

  @Test
  @Order(8)
  void nothingUnverifiedWasEverToBeSeen() {
    run.watcher().look();
    assertThat(run.watcher().seen().values()).allMatch(seen -> seen > 0);
    assertThat(run.history().broken()).isEmpty();
  }

  @Test
  @Order(9)
  void nothingWentAside() {
    for (TopicSpec topic : Topics.ALL) {
      if (topic.kind() == TopicKind.DEAD_LETTER) {
        assertThat(run.site().topics().all(topic.name())).as(topic.name()).isEmpty();
      }
    }
  }

  @Test
  @Order(10)
  void aBrokerThatForgotEverythingIsToldAgain() throws Exception {
    long begin = System.nanoTime();
    List<String> underWay = run.wipe();
    figures.put("seconds from a wiped broker to services that know it", seconds(begin));
    volumeTopicsAndRegistryAgreeWithinAMinute();
    for (String id : underWay) {
      assertThat(registry.ended(id, TO_END).path("state").asText()).as(id).isEqualTo("done");
    }
    assertThat(outcomes.open()).isEmpty();
    assertThat(run.history().broken()).isEmpty();
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 100_000_000 / 10.0;
  }
}
