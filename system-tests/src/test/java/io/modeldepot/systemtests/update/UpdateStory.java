package io.modeldepot.systemtests.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A model whose hub changes only how it is talked to: its chat template and a default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpdateStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long WEIGHTS = 8 << 20;

  private final FakeHub hub = FakeHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();
  private final Shell shell =
      new Shell(
          depot.models(),
          Map.of(
              "MODELS_DIR",
              depot.models().toString(),
              "DEPOT_URL",
              depot.registryProcess().url().toString(),
              "LC_ALL",
              "C.UTF-8",
              "NO_COLOR",
              "1"));
  private final HubModel model =
      HubModel.at(hub, "talks")
          .put("tokenizer_config.json", tokenizer("{{ messages }}"))
          .put("generation_config.json", Content.of("{\"temperature\":1.0}"))
          .weights(2, WEIGHTS);
  private CommitId first = model.commit();
  private CommitId second = first;

  @BeforeAll
  void theModelIsHereAndItsHubGoesOn() {
    String id = registry.download(Map.of("repository", model.repository()));
    assertThat(registry.ended(id, SOON).path("state").asText()).isEqualTo("done");
    model.put("tokenizer_config.json", tokenizer("{{ messages }}\\n{{ generation_prompt }}"));
    model.put("generation_config.json", Content.of("{\"temperature\":0.7}"));
    second = model.commit();
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void whatWouldChangeIsToldInWordsAndNoWeightIsFetched() {
    long before = hub.bytesServed();

    Shell.Result told = shell.depot("update talks");

    assertThat(told.ok())
        .contains("Behaviour changes, memory the same.")
        .containsPattern("weights +identical \\(2 of 2 files\\)")
        .containsPattern("chat template +changed: 1 line added, 0 removed")
        .containsPattern("generation +temperature 1 → 0.7");
    assertThat(told.err()).contains("1 of 1 model behind.");
    assertThat(hub.bytesServed() - before).isLessThan(100_000);
    assertThat(current()).isEqualTo(first.value());
  }

  @Test
  @Order(2)
  void theDifferenceIsShownLineByLineToo() {
    Shell.Result raw = shell.depot("diff talks --raw");

    assertThat(raw.exit()).isEqualTo(1);
    assertThat(raw.out().lines())
        .contains("+{{ generation_prompt }}", "-temperature: 1", "+temperature: 0.7");
  }

  @Test
  @Order(3)
  void aYesFetchesOnlyTheFilesThatDiffer() {
    shell.depot("update talks --yes").ok();

    assertThat(current()).isEqualTo(second.value());
    JsonNode done =
        registry.get("/downloads?model=talks&filter=state=done").body().path("items").get(0);
    assertThat(done.path("fetchedBytes").asLong()).isBetween(1L, 1000L);
    assertThat(model.differences(depot.models(), second)).isEmpty();
  }

  @Test
  @Order(4)
  void afterwardsNothingIsBehindAndBothVersionsCanBeCompared() {
    assertThat(shell.depot("update talks --exit-code").exit()).isZero();
    assertThat(shell.depot("diff talks").exit()).isZero();
    assertThat(shell.depot("diff talks@" + first + " talks").exit()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void goingBackPinsAndTheUpdateIsShownAsPinned() {
    shell.depot("rollback talks@" + first).ok();

    assertThat(shell.depot("update").ok()).contains("talks").contains("pinned");
  }

  private String current() {
    return registry.get("/models/talks").body().at("/current/commit").asText();
  }

  private static Content tokenizer(String template) {
    return Content.of("{\"bos_token\":\"<s>\",\"chat_template\":\"" + template + "\"}");
  }
}
