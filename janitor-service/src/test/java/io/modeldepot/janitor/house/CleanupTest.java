package io.modeldepot.janitor.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.store.manifest.Current;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // made before each test
class CleanupTest extends House {
  private Shelves shelves;

  @BeforeEach
  void fill() {
    shelves = new Shelves(store);
  }

  @AfterEach
  void nothingIsBroken() throws IOException {
    assertThat(store.invariants().brokenAtAnyMoment()).isEmpty();
  }

  @Test
  void whatNobodyNeedsGoesToTheTrashAndComesBack() throws IOException {
    List<CommitId> commits = versions("retained", 4);
    describe("retained", false, null, 2);

    ask("{\"scope\":\"versions\",\"model\":\"retained\",\"requestId\":\"retain\"}");
    Ear.Heard done = ended("retain");

    assertThat(done.text("/state")).as("%s", done).isEqualTo("done");
    assertThat(list(done, "removed").keySet())
        .containsExactlyInAnyOrder(
            shown("retained", commits.get(0)), shown("retained", commits.get(1)));
    assertThat(list(done, "kept"))
        .containsEntry(shown("retained", commits.get(3)), "the current version")
        .containsEntry(shown("retained", commits.get(2)), "one of the newest 2");
    assertThat(store.versions().commits(ModelName.of("retained")))
        .containsExactlyInAnyOrder(commits.get(2), commits.get(3));
    Ear.Heard fact =
        ear.await("model-removed", it -> it.text("/commit").equals(commits.getFirst().value()));
    assertThat(fact.text("/reason")).isEqualTo("retention");
    assertThat(fact.text("/undoUntil")).isNotEmpty();

    ask("{\"scope\":\"trash\",\"action\":\"undo\",\"trash\":\"retain\",\"requestId\":\"back\"}");

    assertThat(ended("back").text("/state")).isEqualTo("done");
    assertThat(store.versions().commits(ModelName.of("retained"))).containsAll(commits);
    assertThat(store.versions().current(ModelName.of("retained")).flatMap(Current::commit))
        .contains(commits.get(3));
  }

  @Test
  void aDryRunChangesNothingAndItsPlanIsDoneExactly() throws IOException {
    List<CommitId> commits = versions("planned", 3);
    describe("planned", false, null, 1);
    Map<String, Instant> before = everything();

    ask("{\"scope\":\"versions\",\"model\":\"planned\",\"dryRun\":true,\"requestId\":\"look\"}");
    Ear.Heard planned = ended("look");

    assertThat(planned.text("/state")).isEqualTo("planned");
    assertThat(list(planned, "removed")).hasSize(2);
    assertThat(everything()).isEqualTo(before);

    ask(
        "{\"scope\":\"versions\",\"plan\":\"%s\",\"requestId\":\"exactly\"}"
            .formatted(planned.text("/result/planId")));
    Ear.Heard done = ended("exactly");

    assertThat(list(done, "removed").keySet()).isEqualTo(list(planned, "removed").keySet());
    assertThat(store.versions().commits(ModelName.of("planned"))).containsExactly(commits.get(2));
  }

  @Test
  void aPlanOfWhichSomethingChangedIsRefusedWhole() throws IOException {
    List<CommitId> commits = versions("changing", 3);
    describe("changing", false, null, 1);
    ask("{\"scope\":\"versions\",\"model\":\"changing\",\"dryRun\":true,\"requestId\":\"before\"}");
    Ear.Heard planned = ended("before");

    lease("changing", commits.getFirst(), "an application", Instant.now().plusSeconds(600));
    ask(
        "{\"scope\":\"versions\",\"plan\":\"%s\",\"requestId\":\"outdated\"}"
            .formatted(planned.text("/result/planId")));
    Ear.Heard refused = ended("outdated");

    assertThat(refused.text("/state")).isEqualTo("failed");
    assertThat(refused.text("/problem/code")).isEqualTo("stale-plan");
    assertThat(refused.text("/problem/detail")).contains("leased by an application");
    assertThat(store.versions().commits(ModelName.of("changing"))).containsAll(commits);
  }

  @Test
  void whatSomebodyNeedsStays() throws IOException {
    List<CommitId> commits = versions("needed", 6);
    describe("needed", true, commits.get(0), 1);
    lease("needed", commits.get(1), "app", Instant.now().plusSeconds(600));
    place("needed", commits.get(2));
    lease("needed", commits.get(3), "over", Instant.now().minus(Duration.ofDays(3)));

    ask("{\"scope\":\"versions\",\"model\":\"needed\",\"requestId\":\"keep\"}");
    Ear.Heard done = ended("keep");

    assertThat(list(done, "kept"))
        .containsEntry(shown("needed", commits.get(0)), "pinned")
        .containsEntry(shown("needed", commits.get(2)), "placed")
        .containsEntry(shown("needed", commits.get(5)), "active")
        .hasEntrySatisfying(
            shown("needed", commits.get(1)), why -> assertThat(why).startsWith("leased by app"));
    assertThat(list(done, "removed").keySet())
        .containsExactlyInAnyOrder(
            shown("needed", commits.get(3)), shown("needed", commits.get(4)));
  }

  @Test
  void aModelThatTheCatalogDoesNotKnowGoesOnlyByName() throws IOException {
    List<CommitId> commits = versions("orphan", 5);

    ask("{\"scope\":\"all\",\"model\":\"orphan\",\"requestId\":\"not-named\"}");
    assertThat(list(ended("not-named"), "kept"))
        .hasEntrySatisfying(
            shown("orphan", commits.getFirst()),
            why -> assertThat(why).startsWith("the catalog does not know the model"));

    ask("{\"scope\":\"model\",\"model\":\"orphan\",\"requestId\":\"named\"}");
    Ear.Heard done = ended("named");

    assertThat(list(done, "removed")).hasSize(5);
    assertThat(store.versions().commits(ModelName.of("orphan"))).isEmpty();
    assertThat(root.resolve("models/testing/orphan")).doesNotExist();
    ask("{\"scope\":\"trash\",\"action\":\"undo\",\"trash\":\"last\",\"requestId\":\"all-back\"}");
    assertThat(ended("all-back").text("/state")).isEqualTo("done");
    assertThat(store.versions().commits(ModelName.of("orphan"))).hasSize(5);
    assertThat(store.versions().current(ModelName.of("orphan")).flatMap(Current::commit))
        .contains(commits.get(4));
    assertThat(root.resolve("models/testing/orphan/config.json")).exists();
  }

  @Test
  void blobsThatNothingHasALinkToAreFreed() throws IOException {
    CommitId commit = shelves.publish("cached", 1, 77, Instant.now());
    describe("cached", false, null, 3);
    long blobs = blobs();
    Path tree = root.resolve("versions/cached/" + commit);
    assertThat(tree).exists();
    Path alone = shelves.blob(4711);

    ask("{\"scope\":\"cache\",\"requestId\":\"cache\"}");
    Ear.Heard done = ended("cache");

    assertThat(list(done, "removed").keySet())
        .contains("blob " + alone.getFileName().toString().substring(0, 12));
    assertThat(done.number("/result/freedBytes")).isGreaterThanOrEqualTo(3 << 20);
    assertThat(alone).doesNotExist();
    assertThat(blobs()).isEqualTo(blobs);
  }

  @Test
  void whatOtherToolsLeftLongAgoGoesToTheTrash() throws IOException {
    Path hub = Files.createDirectories(root.resolve("hub/blobs"));
    Path old = Files.writeString(hub.resolve("abc.incomplete"), "half a file");
    Path young = Files.writeString(hub.resolve("def.incomplete"), "still coming");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));

    ask("{\"scope\":\"foreign\",\"requestId\":\"foreign\"}");
    Ear.Heard done = ended("foreign");

    assertThat(list(done, "removed")).containsKey("hub/blobs/abc.incomplete");
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    ask("{\"scope\":\"trash\",\"action\":\"undo\",\"trash\":\"foreign\",\"requestId\":\"refill\"}");
    assertThat(ended("refill").text("/state")).isEqualTo("done");
    assertThat(old).hasContent("half a file");
  }

  private List<CommitId> versions(String model, int count) throws IOException {
    List<CommitId> commits = new ArrayList<>();
    Instant first = Instant.now().minus(Duration.ofDays(40));
    for (int number = 1; number <= count; number++) {
      commits.add(
          shelves.publish(
              model, number, model.hashCode() + number, first.plus(Duration.ofDays(number))));
    }
    return commits;
  }

  private long blobs() throws IOException {
    return store.surveyor().look().blobs().size();
  }

  /** Every file but those by which the janitor remembers. */
  /**
   * Every file and when it was written, but for the janitor's notes, and for claims: one that an
   * earlier command held may be given back a moment after that command's end was told.
   */
  /** But for what others do meanwhile: claims, and the scrub, which reads and lists chunks. */
  private Map<String, Instant> everything() throws IOException {
    Map<String, Instant> all = new TreeMap<>();
    Set<Path> elsewhere = Set.of(root.resolve(".depot/janitor"), root.resolve("cache/chunks"));
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is) {
            return elsewhere.contains(directory) || directory.endsWith(".claim")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            all.put(root.relativize(file).toString(), is.lastModifiedTime().toInstant());
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }

  private static String shown(String model, CommitId commit) {
    return model + "@" + commit.value().substring(0, 7);
  }

  private static Map<String, String> list(Ear.Heard done, String name) {
    Map<String, String> rows = new TreeMap<>();
    for (JsonNode row : done.value().orElseThrow().at("/result/" + name)) {
      rows.put(row.path("what").asText(), row.path("reason").asText());
    }
    return rows;
  }

  private void describe(String model, boolean active, @Nullable CommitId pin, int keep) {
    publish(
        Topics.MODEL_DESCRIBED,
        model,
        new ModelDescribed(
            ModelName.of(model),
            FamilyName.of("testing"),
            Optional.empty(),
            model,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(pin),
            UpdatePolicy.MANUAL,
            keep,
            active,
            List.of(LocationName.of("default")),
            Profile.FULL,
            Optional.empty(),
            1));
  }

  private void lease(String model, CommitId commit, String holder, Instant until) {
    publish(
        Topics.MODEL_USED,
        "default/" + model + "/" + commit + "/lease/" + holder,
        new ModelUsed(
            LocationName.of("default"),
            ModelName.of(model),
            commit,
            holder,
            UseKind.LEASE,
            Optional.of(until),
            Instant.now().minus(Duration.ofDays(3))));
  }

  private void place(String model, CommitId commit) {
    publish(
        Topics.MODEL_PLACED,
        model,
        new ModelPlaced(
            ModelName.of(model),
            1,
            PlacementState.PLACED,
            1,
            Optional.of(commit),
            Optional.of("versions/" + model + "/" + commit),
            List.of(),
            Optional.empty(),
            "for a test",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Instant.now()));
  }
}
