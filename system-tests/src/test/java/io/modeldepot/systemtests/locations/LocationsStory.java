package io.modeldepot.systemtests.locations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.Location;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A model belongs to two of three locations. It comes from the hub once, then the hub is gone; one
 * of the two is lost, the third takes its place; the lost one comes back, and the third gives its
 * copy up.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocationsStory {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String MODEL = "spread-out";

  private final FakeHub hub = FakeHub.start();
  private final HubModel model = HubModel.at(hub, MODEL).weights(3, 12 << 20);
  private final Depot depot =
      Depot.start(
          hub.url(),
          0,
          Repository.newDataFolder("models"),
          Map.of("DEPOT_ANNOUNCE_STORAGE_EVERY", "1s", "DEPOT_PEERS_SILENCE", "8s"),
          Map.of(
              "DEPOT_SPREAD_EVERY", "1s",
              "DEPOT_SPREAD_LOST_AFTER", "8s",
              "DEPOT_CATALOG_LOCATIONS", "north"));
  private final List<Location> locations =
      Stream.of("north", "south", "west").map(depot::addLocation).toList();
  private final CommitId commit = model.commit();

  @BeforeAll
  void theModelIsWishedForTwice() {
    locations.forEach(Location::start);
    JsonNode ended = depot.registry().ended(ask(model.request("first")), SOON);
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
    hub.mood(Mood.Refuse.with(503));
    hub.forget();
    wish("{\"spread\":{\"policy\":\"copies\",\"copies\":2}}");
    Wait.until("two have it", SOON, () -> assigned().size() == 2 && assignedHaveIt(), this::told);
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void bothHaveEveryByteAndTheHubWasNotAskedForTheSecondCopy() throws Exception {
    for (String name : assigned()) {
      assertThat(model.differences(location(name).models(), commit)).as(name).isEmpty();
      StoreInvariants.assertHoldAtRest(location(name).models());
    }
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  @Order(2)
  void theRegistryShowsWhichLocationHasItAndSinceWhen() {
    assertThat(holders()).containsAll(assigned());
    assertThat(versions()).allMatch(it -> !it.path("verifiedAt").asText().isEmpty());
  }

  @Test
  @Order(3)
  void theMirrorThatLacksItSendsClientsToOneThatHasIt() throws Exception {
    Location third =
        locations.stream().filter(it -> !assigned().contains(it.name())).findFirst().orElseThrow();
    URI file = third.mirror().resolve("/" + model.repository() + "/resolve/main/weights-0002.bin");
    try (HttpClient client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      HttpRequest request = HttpRequest.newBuilder(file).build();
      HttpResponse<byte[]> answer =
          Wait.value(
              "the third has heard of it",
              SOON,
              () ->
                  Optional.of(client.send(request, BodyHandlers.ofByteArray()))
                      .filter(it -> it.statusCode() == 200),
              this::told);

      assertThat(answer.previousResponse())
          .hasValueSatisfying(it -> assertThat(it.statusCode()).isEqualTo(307));
      assertThat(assigned().stream().map(it -> location(it).mirror().getAuthority()))
          .contains(answer.uri().getAuthority());
      assertThat(answer.headers().firstValue("X-Repo-Commit")).contains(commit.value());
      assertThat(answer.body())
          .isEqualTo(
              Files.readAllBytes(
                  new Layout(location(assigned().getFirst()).models())
                      .tree(ModelName.of(MODEL), commit)
                      .resolve("weights-0002.bin")));
    }
  }

  @Test
  @Order(4)
  void aLostLocationsCopyIsMadeByTheThirdAndWhoComesBackFetchesNothing() throws Exception {
    String lost = assigned().getLast();
    location(lost).kill();

    Wait.until(
        "another one has the lost copy",
        SOON,
        () -> !assigned().contains(lost) && assigned().size() == 2 && assignedHaveIt(),
        this::told);
    for (String name : assigned()) {
      assertThat(model.differences(location(name).models(), commit)).as(name).isEmpty();
    }
    assertThat(hub.requests()).isEmpty();

    int before = downloads().size();
    location(lost).start();
    Wait.until("it belongs there again", SOON, () -> assigned().contains(lost), this::told);
    Wait.until("it is known to have it", SOON, this::assignedHaveIt, this::told);

    assertThat(downloads()).hasSize(before);
    StoreInvariants.assertHoldAtRest(location(lost).models());
  }

  @Test
  @Order(5)
  void theCopyThatBelongsNowhereAnyMoreGoesAndNoOther() {
    Location third =
        locations.stream().filter(it -> !assigned().contains(it.name())).findFirst().orElseThrow();
    assertThat(holders()).contains(third.name());
    List<String> assigned = assigned();
    location(assigned.getFirst()).clean();
    third.clean();

    JsonNode kept = cleaned(assigned.getFirst());
    assertThat(kept.at("/result/removed")).as(kept.toString()).isEmpty();
    assertThat(kept.at("/result/kept/0/reason").asText()).isEqualTo("it belongs here");
    JsonNode gone = cleaned(third.name());
    assertThat(gone.at("/result/removed/0/reason").asText())
        .as(gone.toString())
        .startsWith("it belongs to ")
        .contains(assigned);
    Wait.until("two have it", SOON, () -> holders().size() == 2 && assignedHaveIt(), this::told);
    assertThat(assigned()).containsExactlyInAnyOrderElementsOf(assigned);
  }

  @Test
  @Order(6)
  void everyLocationIsEveryLocation() {
    wish("{\"spread\":{\"policy\":\"all\"}}");

    Wait.until("all have it", SOON, () -> holders().size() == 3 && assignedHaveIt(), this::told);
  }

  private JsonNode cleaned(String location) {
    String id = "surplus-at-" + location;
    var asked =
        depot
            .registry()
            .post("/cleanups", Map.of("scope", "surplus", "location", location, "requestId", id));
    assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
    return Wait.value(
        "the cleanup at " + location,
        SOON,
        () ->
            Optional.of(depot.registry().get("/cleanups/" + id).body())
                .filter(it -> it.path("state").asText().equals("done")),
        this::told);
  }

  private String ask(Map<String, String> request) {
    return depot.registry().download(request);
  }

  private void wish(String patch) {
    var answer = depot.registry().patchModel(MODEL, patch);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  private List<String> assigned() {
    return texts(depot.registry().get("/models/" + MODEL).body().path("locations"));
  }

  private boolean assignedHaveIt() {
    return holders().containsAll(assigned());
  }

  private List<String> holders() {
    return versions().stream()
        .filter(it -> it.path("state").asText().equals("present"))
        .map(it -> it.path("location").asText())
        .toList();
  }

  private List<JsonNode> versions() {
    return items(depot.registry().get("/models/" + MODEL + "/versions").body());
  }

  private List<JsonNode> downloads() {
    return items(depot.registry().get("/downloads?model=" + MODEL).body());
  }

  private Location location(String name) {
    return locations.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private String told() {
    return assigned() + " " + holders() + "\n" + downloads() + "\n" + depot.logs();
  }

  private static List<JsonNode> items(JsonNode page) {
    return StreamSupport.stream(page.path("items").spliterator(), false).toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
