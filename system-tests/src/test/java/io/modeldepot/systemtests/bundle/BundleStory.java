package io.modeldepot.systemtests.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two depots: one has a hub, the other reaches none. A model goes over as a bundle: damaged, it is
 * refused; whole, it is taken in while nothing writes there, is listed and served. Then an update
 * goes over as what changed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BundleStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String MODEL = "carried";
  private static final long WEIGHTS = 6 << 20;

  private final FakeHub hub = FakeHub.start();
  private final HubModel model = HubModel.at(hub, MODEL).weights(3, WEIGHTS);
  private final CommitId first = model.commit();
  private final Path medium = Repository.newDataFolder("medium");
  private final Depot near = Depot.start(hub.url(), 1);
  private final Depot far = Depot.start(URI.create("http://127.0.0.1:9"), 0);
  private final ServiceProcess mirror = far.addMirror();

  @AfterAll
  void close() {
    mirror.close();
    far.close();
    near.close();
    hub.close();
  }

  @Test
  @Order(1)
  void oneFlippedBitIsRefusedAndNothingIsPublished() throws Exception {
    keys();
    downloaded("one");
    far.shell().depot("bundle inventory --out " + medium.resolve("far.inventory")).ok();
    JsonNode made = made("one");
    Path part = medium.resolve("one/part-00001.bin");
    flip(part);

    Shell.Result refused = taken("one");

    flip(part);
    assertThat(made.path("contentBytes").asLong()).isGreaterThan(3 * WEIGHTS);
    assertThat(refused.exit()).as(refused.err()).isEqualTo(7);
    assertThat(refused.err()).contains("part-00001.bin");
    assertThat(far.registry().get("/models/" + MODEL).body().has("current")).isFalse();
    assertThat(far.models().resolve("versions").resolve(MODEL)).doesNotExist();
    StoreInvariants.assertHoldAtRest(far.models());
  }

  @Test
  @Order(2)
  void aModelIsServedWhereNoHubIsReached() throws Exception {
    taken("one").ok();
    var downloader = far.addDownloader().start();
    var janitor = far.addJanitor().start();
    mirror.start();

    assertThat(downloader.isAlive() && janitor.isAlive()).isTrue();
    Wait.until("the far depot lists it", SOON, () -> current().equals(first.value()), far::logs);
    assertThat(far.shell().depot("status " + MODEL).ok())
        .contains(first.value(), "scan      clean");
    assertThat(far.shell().depot("path " + MODEL).ok().strip())
        .endsWith("versions/" + MODEL + "/" + first);
    assertThat(model.differences(far.models(), first)).isEmpty();
    assertThat(served("weights-0001.bin")).isEqualTo(WEIGHTS);
    JsonNode version = far.registry().get("/models/" + MODEL + "/versions").body().path("items");
    assertThat(version.at("/0/source/repository").asText()).isEqualTo(model.repository());
    assertThat(version.at("/0/scan/status").asText()).isEqualTo("clean");
  }

  @Test
  @Order(3)
  void anUpdateCarriesOnlyWhatChanged() throws Exception {
    model.put("weights-0002.bin", Content.random(4711, WEIGHTS));
    CommitId second = model.commit();
    downloaded("two");
    far.shell().depot("bundle inventory --out " + medium.resolve("far.inventory")).ok();
    JsonNode made = made("two");

    taken("two").ok();

    assertThat(made.path("contentBytes").asLong()).isBetween(WEIGHTS, WEIGHTS + (64 << 10));
    Wait.until("the update is listed", SOON, () -> current().equals(second.value()), far::logs);
    assertThat(model.differences(far.models(), second)).isEmpty();
    assertThat(served("weights-0002.bin")).isEqualTo(WEIGHTS);
    StoreInvariants.assertHoldAtRest(far.models());
  }

  private void downloaded(String id) {
    String job = near.registry().download(model.request(id));
    JsonNode ended = near.registry().ended(job, SOON);
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
  }

  private JsonNode made(String name) throws IOException {
    String said =
        near.shell()
            .depot(
                "bundle create "
                    + MODEL
                    + " --to "
                    + medium.resolve(name)
                    + " --against "
                    + medium.resolve("far.inventory")
                    + " --sign-key "
                    + medium.resolve("site.pem")
                    + " --json")
            .ok();
    List<String> lines = said.lines().toList();
    return new ObjectMapper().readTree(lines.getLast());
  }

  private Shell.Result taken(String name) {
    return far.shell().depot("bundle import " + medium.resolve(name) + " --trust " + key());
  }

  /** The lowest bit of the byte in the middle; twice is not at all. */
  private static void flip(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = bytes.length() / 2;
      bytes.seek(middle);
      int was = bytes.read();
      bytes.seek(middle);
      bytes.write(was ^ 1);
    }
  }

  private void keys() throws IOException {
    KeyPair pair = Keys.generate();
    Files.writeString(medium.resolve("site.pem"), Keys.pem(pair.getPrivate()));
    Files.writeString(medium.resolve("site.pem.pub"), Keys.pem(pair.getPublic()));
  }

  private Path key() {
    return medium.resolve("site.pem.pub");
  }

  private String current() {
    return far.registry().get("/models/" + MODEL).body().at("/current/commit").asText();
  }

  /** How many bytes the mirror sends of a file of the branch. */
  private long served(String path) throws IOException, InterruptedException {
    URI address = mirror.url().resolve("/" + model.repository() + "/resolve/main/" + path);
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body().length;
  }
}
