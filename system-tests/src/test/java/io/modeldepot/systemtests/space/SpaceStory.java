package io.modeldepot.systemtests.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.SmallDisk;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A volume with room for a small model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpaceStory {
  private static final Duration SOON = Duration.ofSeconds(90);

  private final FakeHub hub = FakeHub.start();
  private final SmallDisk disk = SmallDisk.of(112);
  private final Depot depot = Depot.start(hub.url(), 1, disk.root(), Map.of());

  @AfterAll
  void close() {
    depot.close();
    hub.close();
    disk.close();
  }

  @Test
  @Order(1)
  void whatDoesNotFitIsRefusedBeforeItsFirstByte() {
    HubModel model = HubModel.at(hub, "too-large");
    model.put("weights.bin", Content.listed(disk.usableBytes() + 1));
    CommitId unused = model.commit();

    JsonNode ended = asked(model);

    assertThat(ended.path("problem").path("code").asText()).isEqualTo("no-space");
    assertThat(hub.requests().stream().filter(HubRequest::isContent)).isEmpty();
  }

  @Test
  @Order(2)
  void whatIsRefusedLeavesNothingOnTheDisk() throws IOException {
    try (var left = Files.list(depot.models().resolve("downloads"))) {
      assertThat(left).allSatisfy(file -> assertThat(file.toString()).endsWith(".json"));
    }
  }

  @Test
  @Order(3)
  void aDiskThatFillsUpWhileBytesComeInIsWaitedForAndTheDownloadGoesOn() throws IOException {
    requireSmallDisk();
    HubModel model = begun("overtaken");
    CommitId commit = model.commit();

    Path others = fill(model);
    Files.delete(others);

    JsonNode ended = depot.registry().ended(model.name(), SOON);
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
    assertThat(model.differences(depot.models(), commit)).isEmpty();
  }

  @Test
  @Order(4)
  void aDownloadOnAFullDiskCanBeCancelledWhichMakesRoom() throws IOException {
    requireSmallDisk();
    HubModel model = begun("cancelled");
    Path others = fill(model);

    assertThat(depot.registry().delete("/downloads/" + model.name()).status()).isEqualTo(202);

    JsonNode ended = depot.registry().ended(model.name(), SOON);
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("cancelled");
    Wait.until(
        "the room is given back", SOON, () -> disk.usableBytes() > 16 << 20, () -> seen(model));
    Files.delete(others);
  }

  @Test
  @Order(5)
  void aFullDiskIsNotTalkedAboutAllTheTime() {
    requireSmallDisk();
    assertThat(depot.downloader(0).log().lines().filter(line -> line.contains("ENOSPC")).count())
        .isLessThan(20);
  }

  @Test
  @Order(6)
  void theVolumeKeepsItsInvariants() throws Exception {
    StoreInvariants.assertHoldAtRest(depot.models());
  }

  private void requireSmallDisk() {
    if (!disk.isSmall()) {
      System.out.println("NOT TESTED: a disk that fills up. " + disk.why());
    }
    assumeThat(disk.isSmall()).as(disk.why()).isTrue();
  }

  /** A download with some of its bytes on the disk. */
  private HubModel begun(String name) {
    HubModel model = HubModel.at(hub, name).weights(2, (16 << 20) + 4711);
    CommitId unused = model.commit();
    hub.calm();
    hub.forget();
    hub.mood(new Mood.Slow(3 << 20)).atContentNetwork();
    depot.writer().publish("download-requested", model.request(name));
    Wait.until("bytes come in", SOON, () -> hub.bytesServed() > 4 << 20, depot::logs);
    return model;
  }

  private Path fill(HubModel model) {
    Path others = disk.fill();
    Wait.until("it waits for space", SOON, () -> waitsForSpace(model), () -> seen(model));
    return others;
  }

  private JsonNode asked(HubModel model) {
    depot.writer().publish("download-requested", model.request(model.name()));
    return depot.registry().ended(model.name(), SOON);
  }

  private boolean waitsForSpace(HubModel model) {
    return depot
        .registry()
        .get("/downloads/" + model.name())
        .body()
        .path("waitingFor")
        .asText()
        .equals("space");
  }

  private String seen(HubModel model) {
    return depot.registry().get("/downloads/" + model.name()) + "\n" + depot.logs();
  }
}
