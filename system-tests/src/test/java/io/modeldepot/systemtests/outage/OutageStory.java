package io.modeldepot.systemtests.outage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One depot, whose parts go away one after the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageStory {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String COMMAND = "download-requested";

  private final FakeHub hub = FakeHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void aDownloadGoesOnWhileTheBrokerIsKilled() {
    HubModel model = slowModel("broker-killed");
    CommitId commit = model.commit();
    request(model);
    awaitBytes();

    depot.broker().kill();
    Wait.until(
        "every byte is verified and published, though nobody can be told",
        SOON,
        () -> depot.jobs().is(model.name(), DownloadState.ANNOUNCING),
        depot::logs);
    depot.broker().start();

    assertEnded(model, commit);
  }

  @Test
  @Order(2)
  void aDownloadGoesOnWhileTheBrokerRestarts() {
    HubModel model = slowModel("broker-restarted");
    CommitId commit = model.commit();
    request(model);
    awaitBytes();

    depot.broker().restart();

    assertEnded(model, commit);
  }

  @Test
  @Order(3)
  void aCommandOfTheTimeAfterTheBrokersReturnIsHeard() {
    HubModel model = HubModel.at(hub, "after-the-broker").weights(1, 2 << 20);
    CommitId commit = model.commit();

    request(model);

    assertEnded(model, commit);
  }

  @Test
  @Order(4)
  void whatHappensWhileTheRegistryIsKilledIsThereWhenItIsBack() {
    HubModel model = HubModel.at(hub, "catalog-entry-made-before").weights(1, 2 << 20);
    CommitId first = model.commit();
    request(model);
    assertEnded(model, first);
    CommitId second = model.put("README.md", io.modeldepot.testkit.hub.Content.of("v2")).commit();

    depot.registryProcess().kill();
    depot.writer().publish(COMMAND, Map.of("model", model.name(), "requestId", "without-registry"));
    Wait.until(
        "the download ends without a registry",
        SOON,
        () -> depot.jobs().is("without-registry", DownloadState.DONE),
        depot::logs);
    depot.registryProcess().start();

    JsonNode ended = registry.ended("without-registry", SOON);
    assertThat(ended.path("state").asText()).isEqualTo("done");
    awaitCurrent(model, second);
    assertAuditedOnce(model, "without-registry");
  }

  @Test
  @Order(5)
  void aRepositoryNobodyKnowsWaitsForTheRegistry() {
    HubModel model = HubModel.at(hub, "entry-made-later").weights(1, 2 << 20);
    CommitId commit = model.commit();

    depot.registryProcess().kill();
    request(model);
    Wait.until(
        "the job waits for the catalog",
        SOON,
        () -> depot.jobs().is(model.name(), DownloadState.WAITING),
        depot::logs);
    depot.registryProcess().start();

    assertEnded(model, commit);
  }

  @Test
  @Order(6)
  void theDatabaseIsKilledInTheMiddleOfTheEventsOfManyDownloads() {
    List<HubModel> models = new ArrayList<>();
    List<CommitId> commits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      models.add(HubModel.at(hub, "projected-" + i).weights(2, 40 << 10));
      commits.add(models.getLast().commit());
    }
    Object[] requests =
        models.stream().map(model -> (Object) model.request(model.name())).toArray();

    depot.writer().publish(COMMAND, requests);
    Wait.until(
        "the first of them is registered",
        SOON,
        () -> registry.get("/downloads/projected-0").body().path("final").asBoolean(),
        depot::logs);
    depot.database().kill();
    depot.writer().publish(COMMAND, requests);
    depot.database().start();

    for (int i = 0; i < models.size(); i++) {
      assertEnded(models.get(i), commits.get(i));
      assertAuditedOnce(models.get(i), models.get(i).name());
    }
  }

  @Test
  @Order(7)
  void theDatabaseRestartsWhileADownloadRuns() {
    HubModel model = slowModel("database-restarted");
    CommitId commit = model.commit();
    request(model);
    awaitBytes();

    depot.database().restart();

    assertEnded(model, commit);
  }

  @Test
  @Order(8)
  void everyVersionIsRegisteredAsItWasAnnounced() {
    for (ModelVerified said : depot.topics().payloads("model-verified", ModelVerified.class)) {
      JsonNode row = registry.get("/models/" + said.model() + "/versions/" + said.commit()).body();
      assertThat(row.path("generation").asLong())
          .as("%s@%s: %s", said.model(), said.commit(), row)
          .isGreaterThanOrEqualTo(said.generation());
    }
  }

  @Test
  @Order(9)
  void everyPublishedVersionIsInTheAuditTrailOnce() {
    assertThat(
            registry.pages("/audit").stream()
                .filter(entry -> entry.path("action").asText().equals("version.published"))
                .map(entry -> entry.path("object").asText()))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  @Order(10)
  void theAuditChainHolds() {
    assertThat(registry.get("/audit/verify").body().path("intact").asBoolean()).isTrue();
  }

  @Test
  @Order(11)
  void nothingWentAside() {
    assertThat(depot.topics().all("download-requested.dead-letter")).isEmpty();
  }

  @Test
  @Order(12)
  void theOutboxIsEmpty() {
    Wait.until(
        "the outbox is empty",
        SOON,
        () -> registry.get("/status").body().path("outbox").path("pending").asInt(-1) == 0,
        () -> registry.get("/status").toString());
  }

  @Test
  @Order(13)
  void theVolumeKeepsItsInvariants() throws Exception {
    StoreInvariants.assertHoldAtRest(depot.models());
  }

  private HubModel slowModel(String name) {
    hub.calm();
    hub.mood(new Mood.Slow(4 << 20)).onPath(name).atContentNetwork();
    return HubModel.at(hub, name).weights(3, 17 << 20);
  }

  private void request(HubModel model) {
    hub.forget();
    depot.writer().publish(COMMAND, model.request(model.name()));
  }

  private void awaitBytes() {
    Wait.until("bytes come in", SOON, () -> hub.bytesServed() > 8 << 20, depot::logs);
  }

  private void assertEnded(HubModel model, CommitId commit) {
    assertThat(registry.ended(model.name(), SOON).path("state").asText()).isEqualTo("done");
    awaitCurrent(model, commit);
    assertThat(model.differences(depot.models(), commit)).isEmpty();
  }

  private void awaitCurrent(HubModel model, CommitId commit) {
    Wait.value(
        model.name() + " is registered at " + commit,
        SOON,
        () ->
            Optional.of(registry.get("/models/" + model.name()).body().path("current"))
                .filter(current -> current.path("commit").asText().equals(commit.value())),
        () -> registry.get("/models/" + model.name()).toString());
  }

  private void assertAuditedOnce(HubModel model, String id) {
    Wait.until(
        "request and end of " + id + " are in the audit trail",
        SOON,
        () -> auditOf(model, id).containsAll(List.of("download.requested", "download.done")),
        () -> auditOf(model, id).toString());
    assertThat(auditOf(model, id)).doesNotHaveDuplicates();
  }

  private List<String> auditOf(HubModel model, String id) {
    return registry.pages("/audit?object=model/" + model.name()).stream()
        .filter(entry -> entry.path("detail").path("requestId").asText().equals(id))
        .map(entry -> entry.path("action").asText())
        .toList();
  }
}
