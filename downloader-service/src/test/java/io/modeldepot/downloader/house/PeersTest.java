package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Other locations of the site have what is asked for here. */
@QuarkusTest
class PeersTest extends House {
  private final List<FakeHub> mirrors = new ArrayList<>();
  private final List<String> locations = new ArrayList<>();

  @AfterEach
  void theOthersAreGone() {
    locations.forEach(name -> send("storage-reported", name, null, Map.of()));
    mirrors.forEach(FakeHub::close);
  }

  @Test
  void aCopyIsMadeFromAnotherLocationWithoutAskingTheHub() throws Exception {
    Model model = new Model("copied", 300_000);
    FakeHub mirror = location("north", model, SourceKind.HUB);
    model.describe();
    hub.mood(Mood.Refuse.with(503));

    copy("pe-1", model);

    assertThat(done("pe-1").text("/commit")).isEqualTo(model.commit.value());
    assertThat(findings(model.name, model.commit)).isEmpty();
    assertThat(hub.requests()).isEmpty();
    assertThat(mirror.requests()).isNotEmpty();
    assertThat(version(model.name, model.commit).value().orElseThrow().at("/verifiedBy").asText())
        .isEqualTo("git-sha1");
  }

  @Test
  void whatWasNeverAtAHubIsCopiedAndVouchedForAsThere() throws Exception {
    Model model = new Model("home-made", 200_000);
    FakeHub unused = location("north", model, SourceKind.ADOPTED);
    describe(model.name, "nobody/" + model.name);

    copy("pe-2", model);

    assertThat(done("pe-2").text("/commit")).isEqualTo(model.commit.value());
    var record = version(model.name, model.commit).value().orElseThrow();
    assertThat(record.at("/verifiedBy").asText()).isEqualTo("self");
    assertThat(record.at("/source/kind").asText()).isEqualTo("adopted");
  }

  @Test
  void aMirrorThatSendsWrongBytesIsNotBelievedAndAnotherIsAsked() throws Exception {
    Model model = new Model("corrupt-near", 400_000);
    FakeHub wrong = location("east", model, SourceKind.HUB);
    FakeHub right = location("west", model, SourceKind.HUB);
    wrong.mood(new Mood.Corrupt(150_000)).onPath("safetensors");
    right.mood(Mood.Refuse.with(503)).times(1);
    model.describe();
    hub.mood(Mood.Refuse.with(503));

    copy("pe-3", model);

    assertThat(done("pe-3").text("/state")).isEqualTo(DONE);
    assertThat(findings(model.name, model.commit)).isEmpty();
  }

  @Test
  void wrongBytesFromEverybodyArePublishedNowhere() {
    Model model = new Model("corrupt-everywhere", 400_000);
    FakeHub wrong = location("east", model, SourceKind.HUB);
    wrong.mood(new Mood.Corrupt(150_000)).onPath("safetensors");
    model.describe();
    hub.mood(new Mood.Corrupt(150_000)).onPath("corrupt-everywhere.*safetensors");

    copy("pe-4", model);

    assertThat(failed("pe-4").text("/problem/code")).isEqualTo("checksum-mismatch");
    assertThat(tree(model.name, model.commit)).doesNotExist();
  }

  @Test
  void aDownloadTakesWhatIsNearAndTheRestFromTheHub() throws Exception {
    Model model = new Model("half-near", 300_000);
    FakeHub mirror = location("north", model, SourceKind.HUB);
    mirror.mood(Mood.Refuse.with(404)).onPath("config.json");
    model.describe();

    ask("pe-5", model.name);

    assertThat(done("pe-5").text("/commit")).isEqualTo(model.commit.value());
    assertThat(fetches("half-near/resolve/" + model.commit + "/model.safetensors")).isZero();
    assertThat(fetches("half-near/resolve/" + model.commit + "/config.json")).isEqualTo(1);
  }

  /** A model at the hub and its content. */
  private final class Model {
    final String name;
    final TreeMap<String, Content> files = new TreeMap<>();
    final CommitId commit;

    Model(String name, long weightsBytes) {
      this.name = name;
      files.put("config.json", Content.of("{\"_name_or_path\":\"" + name + "\"}"));
      files.put("model.safetensors", safetensors(name.hashCode(), weightsBytes));
      var repository = hub.repository("org/" + name);
      files.forEach(repository::put);
      commit = repository.commit("main");
    }

    void describe() {
      PeersTest.this.describe(name);
    }
  }

  private void copy(String id, Model model) {
    ask(
        id,
        model.name,
        "\"source\":\"replica\"",
        "\"location\":\"default\"",
        "\"revision\":\"" + model.commit + "\"");
  }

  /** Another location, which has a model and a mirror that serves it. */
  private FakeHub location(String name, Model model, SourceKind kind) {
    FakeHub mirror = FakeHub.start();
    mirrors.add(mirror);
    locations.add(name);
    var copy = mirror.repository("org/" + model.name);
    model.files.forEach(copy::put);
    assertThat(copy.commit("main")).isEqualTo(model.commit);
    publish(Topics.STORAGE_REPORTED, name, report(name, mirror.url() + "/org"));
    publish(
        Topics.MODEL_VERIFIED,
        name + "/" + model.name + "/" + model.commit,
        verified(name, model, kind));
    return mirror;
  }

  private static StorageReported report(String location, String mirror) {
    return new StorageReported(
        LocationName.of(location),
        location,
        1 << 30,
        1 << 30,
        0,
        0,
        0,
        0,
        List.of(),
        List.of(mirror),
        new Capabilities(true, true, false, true, false),
        now());
  }

  private static ModelVerified verified(String location, Model model, SourceKind kind) {
    boolean hub = kind == SourceKind.HUB;
    List<VerifiedFile> files =
        model.files.entrySet().stream()
            .map(
                file -> {
                  boolean small = hub && file.getKey().endsWith(".json");
                  VerifiedBy by =
                      !hub ? VerifiedBy.SELF : small ? VerifiedBy.GIT_SHA1 : VerifiedBy.SHA256;
                  return new VerifiedFile(
                      file.getKey(),
                      file.getValue().sizeBytes(),
                      Optional.of(file.getValue().sha256()),
                      small ? Optional.of(file.getValue().gitSha1()) : Optional.empty(),
                      Optional.of(by),
                      true);
                })
            .toList();
    long bytes = files.stream().mapToLong(VerifiedFile::sizeBytes).sum();
    return new ModelVerified(
        LocationName.of(location),
        ModelName.of(model.name),
        FamilyName.of("testing"),
        model.commit,
        VersionState.PRESENT,
        1,
        model.commit.value(),
        "versions/" + model.name + "/" + model.commit,
        hub ? VerifiedBy.GIT_SHA1 : VerifiedBy.SELF,
        bytes,
        bytes,
        files.size(),
        files,
        new Source(
            kind,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        now());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
