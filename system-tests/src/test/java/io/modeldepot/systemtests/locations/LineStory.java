package io.modeldepot.systemtests.locations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.Line;
import io.modeldepot.systemtests.depot.Location;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A copy comes over a slow line from a mirror in a network namespace of its own. The line is cut on
 * the way, without either side being told, and mended. Only where namespaces can be made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineStory {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String MODEL = "far-away";
  private static final int FILES = 3;
  private static final long FILE_BYTES = 12 << 20;

  private final Optional<Line> line = Line.lay(20);
  private final FakeHub hub = FakeHub.start();
  private final HubModel model = HubModel.at(hub, MODEL).weights(FILES, FILE_BYTES);
  private final CommitId commit = model.commit();
  private @Nullable Depot opened;

  @BeforeAll
  void onlyWhereALineCanBeLaid() {
    Assumptions.assumeTrue(line.isPresent(), "no rights to make network namespaces here");
  }

  @AfterAll
  void close() {
    if (opened != null) {
      opened.close();
    }
    hub.close();
    line.ifPresent(Line::close);
  }

  @Test
  void aCutLineCostsTimeAndNothingElse() throws Exception {
    Depot depot =
        Depot.start(
            hub.url(),
            0,
            Repository.newDataFolder("models"),
            Map.of(
                "DEPOT_ANNOUNCE_STORAGE_EVERY", "1s",
                "DEPOT_PEERS_SILENCE", "60s",
                "DEPOT_HUB_STALL_TIMEOUT", "3s"),
            Map.of("DEPOT_SPREAD_EVERY", "1s", "DEPOT_CATALOG_LOCATIONS", "north"));
    opened = depot;
    Location north = depot.addLocation("north").mirrorBehind(line.orElseThrow()).start();
    JsonNode ended =
        depot.registry().ended(depot.registry().download(model.request("first")), SOON);
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
    // It may be asked while the line is cut, and gives nothing: all of the copy comes by the line.
    hub.mood(Mood.Refuse.with(503));

    Location south = depot.addLocation("south").start();
    depot.registry().patchModel(MODEL, "{\"spread\":{\"policy\":\"copies\",\"copies\":2}}");
    JsonNode running =
        Wait.value(
            "a part of the copy has come",
            SOON,
            () -> copy(depot).filter(it -> it.path("doneBytes").asLong() > FILE_BYTES / 2),
            depot::logs);
    line.orElseThrow().cut();
    Thread.sleep(Duration.ofSeconds(5));
    assertThat(copy(depot).orElseThrow().path("final").asBoolean()).as("not given up").isFalse();
    line.orElseThrow().mend();

    JsonNode copied = depot.registry().ended(running.path("id").asText(), SOON);
    assertThat(copied.path("state").asText()).as(copied.toString()).isEqualTo("done");
    assertThat(model.differences(south.models(), commit)).isEmpty();
    StoreInvariants.assertHoldAtRest(south.models());
    StoreInvariants.assertHoldAtRest(north.models());
  }

  private static Optional<JsonNode> copy(Depot depot) {
    JsonNode items = depot.registry().get("/downloads?model=" + MODEL).body().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(it -> it.path("source").asText().equals("replica"))
        .findFirst();
  }
}
