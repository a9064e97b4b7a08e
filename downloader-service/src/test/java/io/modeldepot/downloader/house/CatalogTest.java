package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.testkit.hub.FakeRepository;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The volume follows the catalog's lasting wishes. */
@QuarkusTest
class CatalogTest extends House {

  private Path active(String model) {
    return root.resolve("active").resolve(model);
  }

  private CommitId downloaded(String model) {
    CommitId commit = repository(model, 10_000).commit("main");
    describe(model);
    ask("ca-" + model, model);
    var unused = done("ca-" + model);
    return commit;
  }

  @Test
  void anActiveModelHasARelativeLinkToItsVersionUntilItIsActiveNoMore() throws IOException {
    CommitId commit = downloaded("activated");
    assertThat(active("activated")).doesNotExist();

    describe("activated", true, null, 2);
    until("the link is there", () -> Files.isSymbolicLink(active("activated")));
    assertThat(Files.readSymbolicLink(active("activated")))
        .isEqualTo(Path.of("../versions/activated/" + commit));

    describe("activated", false, null, 3);
    until("the link is gone", () -> !Files.isSymbolicLink(active("activated")));
  }

  @Test
  void theLinkOfAnActiveModelFollowsItsUpdate() throws IOException {
    FakeRepository repository = repository("active-update", 10_000);
    repository.commit("main");
    describe("active-update", true, null, 1);
    ask("ca-au-1", "active-update");
    var unused = done("ca-au-1");
    CommitId after = repository.put("README.md", "# new\n").commit("main");

    ask("ca-au-2", "active-update");
    var unusedToo = done("ca-au-2");

    assertThat(active("active-update").resolve("README.md")).hasContent("# new");
    assertThat(Files.readSymbolicLink(active("active-update")).getFileName())
        .hasToString(after.value());
  }

  @Test
  void anOlderWordOfTheCatalogIsIgnored() throws IOException {
    downloaded("out-of-order");
    downloaded("out-of-order-witness");
    describe("out-of-order", true, null, 7);
    until("the link is there", () -> Files.isSymbolicLink(active("out-of-order")));

    describe("out-of-order", false, null, 6);
    describe("out-of-order-witness", true, null, 2);

    until("the later word is followed", () -> Files.isSymbolicLink(active("out-of-order-witness")));
    assertThat(active("out-of-order")).isSymbolicLink();
  }

  @Test
  void aPinThatIsOnTheVolumeBecomesCurrentAndIsAnnounced() throws IOException {
    FakeRepository repository = repository("pinned", 10_000);
    CommitId before = repository.commit("main");
    describe("pinned");
    ask("ca-pin-1", "pinned");
    var unused = done("ca-pin-1");
    CommitId after = repository.put("README.md", "# new\n").commit("main");
    ask("ca-pin-2", "pinned");
    var unusedToo = done("ca-pin-2");
    hub.forget();

    describe("pinned", false, before, 2);

    Ear.Heard record =
        version("pinned", after, it -> it.text("/currentCommit").equals(before.value()));
    assertThat(record.text("/state")).isEqualTo("present");
    assertThat(current("pinned")).contains(before);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void aRequestWithoutARevisionMeansTheCatalogsPin() throws IOException {
    FakeRepository repository = repository("pinned-before", 10_000);
    CommitId before = repository.commit("main");
    repository.put("README.md", "# new\n").commit("main");
    describe("pinned-before", false, before, 1);

    ask("ca-pb", "pinned-before");

    assertThat(done("ca-pb").text("/commit")).isEqualTo(before.value());
  }

  @Test
  void aBranchInTheRequestCountsMoreThanTheCatalogsPin() throws IOException {
    FakeRepository repository = repository("unpinned", 10_000);
    CommitId before = repository.commit("main");
    CommitId after = repository.put("README.md", "# new\n").commit("main");
    describe("unpinned", false, before, 1);

    ask("ca-up", "unpinned", "\"revision\":\"main\"");

    assertThat(done("ca-up").text("/commit")).isEqualTo(after.value());
    assertThat(current("unpinned")).contains(after);
    assertThat(version("unpinned", after).text("/source/revision")).isEqualTo("main");
  }

  @Test
  void aBranchWithASlashIsABranch() {
    CommitId commit = repository("slashed", 10_000).commit("refs/pr/7");
    describe("slashed");

    ask("ca-slash", "slashed", "\"revision\":\"refs/pr/7\"");

    assertThat(done("ca-slash").text("/commit")).isEqualTo(commit.value());
  }

  @Test
  void theProfileOfTheCatalogCountsWhereTheRequestHasNone() {
    repository("catalog-profile", 10_000).put("pytorch_model.bin", "x").commit("main");
    describe("catalog-profile", Profile.SERVING, false, null, 1);

    ask("ca-cp", "catalog-profile");

    assertThat(done("ca-cp").number("/filesTotal")).isEqualTo(3);
  }

  @Test
  void aRepositoryThatTheCatalogHasUnderAnotherNameGoesUnderThatName() {
    hub.repository("org/Odd.Name").put("README.md", "# odd").commit("main");
    describe("our-name", "org/Odd.Name");

    ask("{\"requestId\":\"ca-odd\",\"repository\":\"org/Odd.Name\"}");

    assertThat(done("ca-odd").text("/model")).isEqualTo("our-name");
    assertThat(view("our-name").resolve("README.md")).hasContent("# odd");
  }

  @Test
  void aModelThatTheCatalogGivesToOtherLocationsIsNotBroughtInHere() throws IOException {
    repository("far-away", 10_000).commit("main");
    send(
        "model-described",
        "far-away",
        """
        {"model":"far-away","family":"testing","repository":"org/far-away","displayName":"x",
         "update":"manual","keepVersions":3,"active":false,"locations":["elsewhere"],
         "profile":"full","generation":1}"""
            .getBytes(StandardCharsets.UTF_8),
        Map.of());

    ask("ca-far", "far-away");

    until("the job is over here", () -> journal("ca-far").contains("\"state\":\"cancelled\""));
    assertThat(hub.requests()).noneMatch(it -> it.path().contains("far-away"));
  }

  private String journal(String id) throws IOException {
    Path file = root.resolve("downloads/" + id + ".json");
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
