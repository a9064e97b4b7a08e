package io.modeldepot.systemtests.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ServiceReported;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.TopicReader;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Two downloaders with one slot each; first one is killed, then one sleeps too long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeoverStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> SHARED = List.of("shared-1", "shared-2", "shared-3");
  private static final String SLEPT = "slept-over";

  private final FakeHub hub = FakeHub.start();
  private final List<HubModel> models = new ArrayList<>();
  private final Depot depot =
      Depot.start(
          hub.url(), 2, Repository.newDataFolder("models"), Map.of("DEPOT_JOBS_SLOTS", "1"));
  private String killed = "";
  private String paused = "";
  private Instant wokenAt = Instant.MAX;

  @BeforeAll
  void bothWorkThenOneIsKilledThenOneSleeps() {
    hub.mood(new Mood.Slow(4 << 20)).atContentNetwork();
    depot.writer().publish("download-requested", SHARED.stream().map(this::request).toArray());
    Wait.until("both work", SOON, () -> holders(SHARED).size() == 2, () -> depot.logs());

    killed = holders(SHARED).iterator().next();
    downloader(killed).kill();
    SHARED.forEach(id -> depot.registry().ended(id, SOON));
    downloader(killed).start();

    depot.writer().publish("download-requested", request(SLEPT));
    paused =
        Wait.value(
            "bytes come in",
            SOON,
            () ->
                depot.jobs().is(SLEPT, DownloadState.TRANSFERRING)
                    ? depot.jobs().holder(SLEPT)
                    : Optional.empty(),
            () -> depot.logs());
    downloader(paused).signal("STOP");
    depot.registry().ended(SLEPT, SOON);
    downloader(paused).signal("CONT");
    wokenAt = Instant.now();
    Wait.until("the sleeper has found its way again", SOON, this::theSleeperReports, depot::logs);
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void theOtherFinishesWhatTheKilledOneLeft() {
    List<DownloadProgressed> ends =
        told()
            .filter(it -> SHARED.contains(it.requestId().value()))
            .filter(it -> it.state() == DownloadState.DONE)
            .toList();

    assertThat(ends).allSatisfy(end -> assertThat(end.holder()).doesNotStartWith(killed));
    // Whoever is asked again, as the killed one had not committed what it heard, says the end
    // again.
    assertThat(ends.stream().map(end -> end.requestId() + " " + end.sequence()).distinct())
        .hasSize(SHARED.size());
  }

  @Test
  @Order(2)
  void whatIsOnTheVolumeIsTheHubs() {
    for (HubModel model : models) {
      assertThat(model.differences(depot.models(), model.commit())).as(model.name()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void theSleepersJobIsDoneByTheOther() {
    assertThat(endOf(SLEPT).holder()).isNotEmpty().doesNotStartWith(paused);
  }

  @Test
  @Order(4)
  void theSleeperTellsNothingOfTheJobAfterItsEnd() {
    List<DownloadProgressed> all =
        told().filter(it -> it.requestId().value().equals(SLEPT)).toList();

    assertThat(all.getLast().state()).isEqualTo(DownloadState.DONE);
  }

  @Test
  @Order(5)
  void theSleeperAnnouncesNoVersion() {
    assertThat(
            depot.topics().all("model-verified").stream()
                .filter(record -> record.key().contains(SLEPT))
                .map(record -> TopicReader.header(record, "ce_source")))
        .isNotEmpty()
        .doesNotContain("/downloader/" + paused);
  }

  @Test
  @Order(6)
  void oneVersionIsPublishedOnce() {
    JsonNode current = depot.registry().get("/models/" + SLEPT).body().path("current");
    assertThat(current.path("generation").asInt()).isEqualTo(1);
  }

  @Test
  @Order(7)
  void nothingOfAnyJobIsLeftButTheJournals() {
    assertThat(depot.shell().run("ls downloads").ok().lines())
        .allSatisfy(name -> assertThat(name).endsWith(".json"));
  }

  @Test
  @Order(8)
  void theVolumeKeepsItsInvariants() throws Exception {
    StoreInvariants.assertHoldAtRest(depot.models());
  }

  @Test
  @Order(9)
  void theSleeperTakesWorkAgain() {
    Set<String> workers = new HashSet<>();
    // Who gets a request is settled between the two: one of them may do several in a row.
    for (int round = 1; round <= 10 && !workers.contains(paused); round++) {
      List<String> ids = List.of("afterwards-a" + round, "afterwards-b" + round);
      depot.writer().publish("download-requested", ids.stream().map(this::request).toArray());
      ids.forEach(
          id -> workers.add(instance(depot.registry().ended(id, SOON).path("holder").asText())));
    }

    assertThat(workers).contains(paused);
  }

  private Map<String, String> request(String id) {
    HubModel model = HubModel.at(hub, id).weights(2, 20 << 20);
    CommitId unused = model.commit();
    models.add(model);
    return model.request(id);
  }

  private Set<String> holders(List<String> ids) {
    return ids.stream()
        .filter(id -> depot.jobs().is(id, DownloadState.TRANSFERRING))
        .flatMap(id -> depot.jobs().holder(id).stream())
        .collect(Collectors.toSet());
  }

  private ServiceProcess downloader(String instance) {
    return depot.downloader(Integer.parseInt(instance.replaceFirst("downloader-", "")) - 1);
  }

  private boolean theSleeperReports() {
    return depot.topics().payloads("service-reported", ServiceReported.class).stream()
        .anyMatch(it -> it.instance().equals(paused) && it.reportedAt().isAfter(wokenAt));
  }

  private Stream<DownloadProgressed> told() {
    return depot.topics().payloads("download-progressed", DownloadProgressed.class).stream();
  }

  private DownloadProgressed endOf(String id) {
    return told()
        .filter(it -> it.requestId().value().equals(id))
        .filter(it -> it.state() == DownloadState.DONE)
        .findFirst()
        .orElseThrow();
  }

  private static String instance(String holder) {
    return holder.replaceFirst("-[0-9a-f]{8}$", "");
  }
}
