package io.modeldepot.registry.desired.folder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@QuarkusTestResource(value = WatchedDirectory.class, restrictToAnnotatedClass = true)
class FolderWatchTest {
  private static final String HEAD = "apiVersion: modeldepot/v1\n";

  /** As a kubelet does: links through a hidden link, which is exchanged as a whole. */
  @Test
  void aConfigMapIsCarriedOutAtEveryExchangeAndWhatIsWrongIsTold() throws IOException {
    String model = Given.name("watched");
    exchange("1", document(model, 1));
    Files.createSymbolicLink(
        WatchedDirectory.PATH.resolve("models.yaml"), Path.of("..data/models.yaml"));
    keeps(model, 1);

    exchange("2", document(model, 2));
    keeps(model, 2);
    given()
        .get("/api/v1/audit?object=model/" + model)
        .then()
        .body("items.actor", hasItem("desired-state-dir"));

    exchange("3", document(model, 3) + "  other: { userz: 1 }\n");
    Eventually.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/status")
                    .then()
                    .body("attention.object", hasItem("desired-state"))
                    .body(
                        "attention.find { it.object == 'desired-state' }.say",
                        containsString("models.yaml:4:12: models.other.userz: There is no key")));
    given().get("/api/v1/models/" + model).then().body("keepVersions", equalTo(2));

    exchange("3b", document(model, 3) + "  nobody-has-this: { keep: 1 }\n");
    Eventually.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/status")
                    .then()
                    .body(
                        "attention.find { it.object == 'desired-state' }.say",
                        containsString("A new model needs a source or a family")));
    given().get("/api/v1/models/" + model).then().body("keepVersions", equalTo(2));

    // What somebody changes by hand stays until the files change.
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", "*")
        .body("{\"keepVersions\":7}")
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(200);
    exchange("4", document(model, 4));
    keeps(model, 4);
    given().get("/api/v1/status").then().body("attention.object", not(hasItem("desired-state")));
  }

  @Test
  void whatIsReadIsTheYamlThatIsNotHidden() throws IOException {
    Path directory = Files.createTempDirectory("read");
    Files.writeString(directory.resolve("b.yml"), HEAD);
    Files.writeString(directory.resolve("a.yaml"), HEAD);
    Files.writeString(directory.resolve(".hidden.yaml"), HEAD);
    Files.writeString(directory.resolve("README.md"), HEAD);
    Files.createDirectory(directory.resolve("c.yaml"));

    Directory read = Directory.read(directory);

    assertThat(read.files().keySet()).containsExactly("a.yaml", "b.yml");
    Files.move(directory.resolve("b.yml"), directory.resolve("d.yml"));
    assertThat(Directory.read(directory).digest()).isNotEqualTo(read.digest());
  }

  private static String document(String model, int keep) {
    return HEAD
        + "models:\n  %s: { source: test-org/x, family: test, fetch: false, keep: %d }\n"
            .formatted(model, keep);
  }

  private static void exchange(String generation, String document) throws IOException {
    Path into = Files.createDirectory(WatchedDirectory.PATH.resolve("..generation-" + generation));
    Files.writeString(into.resolve("models.yaml"), document);
    Path link = WatchedDirectory.PATH.resolve("..data_tmp");
    Files.createSymbolicLink(link, into.getFileName());
    Files.move(
        link,
        WatchedDirectory.PATH.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void keeps(String model, int versions) {
    Eventually.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/models/" + model)
                    .then()
                    .body("keepVersions", equalTo(versions)));
  }
}
