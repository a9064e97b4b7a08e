package io.modeldepot.systemtests.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.Location;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two locations have a version. The next one, in which one piece of a hundred differs, comes to one
 * of them from the hub, and from there to the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeltaStory {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final String MODEL = "edited";
  private static final String WEIGHTS = "model.safetensors";
  private static final int PIECE = 64 << 10;
  private static final int PIECES = 800;
  private static final int CHANGED = 8;

  private final FakeHub hub = FakeHub.start();
  private final byte[] weights = safetensors();
  private final HubModel model = HubModel.at(hub, MODEL).put(WEIGHTS, Content.of(weights));
  private final Depot depot =
      Depot.start(
          hub.url(),
          0,
          Repository.newDataFolder("models"),
          Map.of("DEPOT_ANNOUNCE_STORAGE_EVERY", "1s"),
          Map.of("DEPOT_CATALOG_LOCATIONS", "north"));
  private final Location north = depot.addLocation("north");
  private final Location south = depot.addLocation("south");
  private final CommitId first = model.commit();

  @BeforeAll
  void bothHaveTheFirstVersion() {
    north.start();
    south.start();
    done(model.request("from-the-hub"));
    done(copy("first-copy", first));
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void theSecondLocationFetchesThePiecesThatDiffer() throws Exception {
    CommitId second = model.put(WEIGHTS, Content.of(edited())).commit();
    done(Map.of("model", MODEL, "location", "north", "requestId", "update"));
    hub.mood(Mood.Refuse.with(503));
    JsonNode ended = done(copy("second-copy", second));

    long changed = (long) CHANGED * PIECE;
    assertThat(ended.path("fetchedBytes").asLong())
        .as(ended.toString())
        .isBetween(changed, changed * 11 / 10);
    assertThat(ended.path("reusedBytes").asLong())
        .isGreaterThan(weights.length - changed * 11 / 10);
    assertThat(model.differences(south.models(), second)).isEmpty();
    StoreInvariants.assertHoldAtRest(south.models());
  }

  private Map<String, String> copy(String id, CommitId commit) {
    return Map.of(
        "model",
        MODEL,
        "location",
        "south",
        "source",
        "replica",
        "revision",
        commit.value(),
        "requestId",
        id);
  }

  private JsonNode done(Map<String, String> request) {
    JsonNode ended = depot.registry().ended(depot.registry().download(request), SOON);
    assertThat(ended.path("state").asText()).as(ended + "\n" + depot.logs()).isEqualTo("done");
    return ended;
  }

  /** One byte in every hundredth piece. */
  private byte[] edited() {
    byte[] edited = weights.clone();
    int start = weights.length - PIECES * PIECE;
    for (int piece = 0; piece < CHANGED; piece++) {
      edited[start + piece * 100 * PIECE + 1000] ^= 1;
    }
    return edited;
  }

  private static byte[] safetensors() {
    int bytes = PIECES * PIECE;
    byte[] header =
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(bytes, bytes)
            .getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[bytes];
    new Random(3).nextBytes(content);
    return ByteBuffer.allocate(8 + header.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(content)
        .array();
  }
}
