package io.modeldepot.mirror.door;

import static io.modeldepot.mirror.door.Http.header;
import static io.modeldepot.mirror.door.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.ModelInfo;
import io.modeldepot.hub.document.Refs;
import io.modeldepot.hub.document.Refs.Ref;
import io.modeldepot.hub.document.Sibling;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.hub.header.NextPage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
class DocumentsOverHttpTest {
  private static final String ALPHA = "/api/models/acme/Alpha-1";

  @TestHTTPResource URI base = URI.create("http://localhost");
  private Http http = new Http(base);

  @BeforeEach
  void findTheMirror() {
    http = new Http(URI.create(base.toString().replaceAll("/$", "")));
  }

  @Test
  void informationNamesCommitLicenceAndFiles() throws Exception {
    ModelInfo info = HubJson.read(http.get(ALPHA).body(), ModelInfo.class);

    assertThat(info.id()).isEqualTo("acme/Alpha-1");
    assertThat(info.sha()).contains(VolumeResource.NEW);
    assertThat(info.licence()).contains("mit");
    assertThat(info.gated().closed()).isFalse();
    assertThat(info.siblings())
        .extracting(Sibling::rfilename)
        .contains("config.json", "weights/model.safetensors")
        .as("what was not selected is not here")
        .doesNotContain("pytorch_model.bin");
  }

  @Test
  void informationOfARevisionIsThatOfItsCommit() throws Exception {
    HttpResponse<byte[]> response = http.get(ALPHA + "/revision/refs%2Fpr%2F1?blobs=true");
    ModelInfo info = HubJson.read(response.body(), ModelInfo.class);
    assertThat(info.sha()).contains(VolumeResource.OLD);
    assertThat(info.siblings().getFirst().size()).contains(2L);
  }

  @Test
  void pagesLinkToTheMirrorItselfAndTogetherAreTheTree() throws Exception {
    List<TreeEntry> entries = new ArrayList<>();
    Optional<URI> next = Optional.of(URI.create(http.base() + ALPHA + "/tree/main?recursive=true"));
    int pages = 0;
    while (next.isPresent()) {
      HttpResponse<byte[]> page = http.get(next.get().toString());
      List<TreeEntry> onPage = HubJson.readEntries(page.body());
      assertThat(onPage).hasSizeLessThanOrEqualTo(3);
      entries.addAll(onPage);
      next = NextPage.of(next.get(), page.headers().allValues("Link"));
      next.ifPresent(
          link -> {
            assertThat(link).hasAuthority(http.base().getAuthority());
            assertThat(link.getPath()).contains(VolumeResource.NEW);
          });
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(entries)
        .extracting(TreeEntry::path)
        .containsExactlyInAnyOrder(
            "config.json",
            "empty.txt",
            "folder one",
            VolumeResource.ODD_PATH,
            "page.html",
            "weights",
            "weights/model.safetensors");
  }

  @Test
  void aTreeStatesTheDigestsOfContent() throws Exception {
    List<TreeEntry> entries =
        HubJson.readEntries(http.get(ALPHA + "/tree/main/weights?recursive=true").body());
    assertThat(entries).hasSize(1);
    assertThat(entries.getFirst().sha256())
        .contains(FilledVolume.digests(VolumeResource.WEIGHTS).sha256().value());
    assertThat(entries.getFirst().contentBytes()).isEqualTo(VolumeResource.WEIGHTS.length);
  }

  @Test
  void pathsAreToldToJsonAndToForms() throws Exception {
    String paths = ALPHA + "/paths-info/main";
    HttpResponse<byte[]> json =
        http.post(
            paths, "application/json", "{\"paths\":[\"config.json\",\"none\"],\"expand\":true}");
    HttpResponse<byte[]> form =
        http.post(
            paths,
            "application/x-www-form-urlencoded",
            "paths=config.json&paths=weights&expand=False");

    assertThat(HubJson.readEntries(json.body()))
        .extracting(TreeEntry::path)
        .containsExactly("config.json");
    assertThat(text(json)).contains("\"lastCommit\"", "\"avScan\":null");
    assertThat(HubJson.readEntries(form.body()))
        .extracting(TreeEntry::path)
        .containsExactly("config.json", "weights");
    assertThat(text(form)).doesNotContain("lastCommit");
  }

  @Test
  void aFormMayAskAfterManyPaths() throws Exception {
    String many = "paths=none&".repeat(2000) + "paths=config.json";
    HttpResponse<byte[]> form =
        http.post(ALPHA + "/paths-info/main", "application/x-www-form-urlencoded", many);

    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(HubJson.readEntries(form.body()))
        .extracting(TreeEntry::path)
        .containsExactly("config.json");
  }

  @Test
  void aQueryThatIsNotEncodedIsTheClientsFault() throws Exception {
    // A client that checks its own addresses does not send this.
    try (Socket socket = new Socket(http.base().getHost(), http.base().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/models?search=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void refsNameTheBranches() throws Exception {
    Refs refs = HubJson.read(http.get(ALPHA + "/refs").body(), Refs.class);
    assertThat(refs.branches())
        .containsExactlyInAnyOrder(
            Ref.branch("main", VolumeResource.NEW), Ref.branch("refs/pr/1", VolumeResource.OLD));
  }

  @Test
  void modelsAreListedAndSearched() throws Exception {
    assertThat(text(http.get("/api/models?search=ALPHA")))
        .contains("acme/Alpha-1")
        .doesNotContain("Secret");
    assertThat(text(http.get("/api/models?author=nobody"))).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/models/acme/None, 404, RepoNotFound, ''",
    "/acme/None/resolve/main/x, 404, RepoNotFound, ''",
    "/api/models/acme/Alpha-1/revision/none, 404, RevisionNotFound, ''",
    "/acme/Alpha-1/resolve/none/config.json, 404, RevisionNotFound, ''",
    "/acme/Alpha-1/resolve/main/none, 404, EntryNotFound, 2222222222222222222222222222222222222222",
    "/api/models/acme/Alpha-1/tree/main/none, 404, EntryNotFound, 2222222222222222222222222222222222222222",
    "/api/models/acme/Alpha-1/tree/main?cursor=x, 400, '', ''",
    "/api/models/acme/Alpha-1/paths-info/main, 405, '', ''",
    "/api/models/acme/Alpha-1/commits/main, 404, '', ''",
    "/api/datasets/acme/x, 404, '', ''",
    "/api/whoami-v2, 401, '', ''",
    "/acme/Secret/resolve/main/config.json, 401, GatedRepo, ''",
    "/api/models/acme/Secret/tree/main, 401, GatedRepo, ''",
    "/api/models/acme/Secret/auth-check, 401, GatedRepo, ''"
  })
  void aRefusalSaysWhyInItsHeaders(String path, int status, String code, String commit)
      throws Exception {
    HttpResponse<byte[]> response = http.get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "X-Error-Code")).isEqualTo(code);
    assertThat(header(response, "X-Error-Message")).isNotEmpty();
    assertThat(header(response, "X-Repo-Commit")).isEqualTo(commit);
    assertThat(text(response)).startsWith("{\"error\":");
  }

  @Test
  void aGatedRepositoryIsReadWithATokenOfThisMirrorAlone() throws Exception {
    String file = "/acme/Secret/resolve/main/config.json";
    String bearer = "Bearer " + VolumeResource.TOKEN;

    assertThat(http.get(file, "Authorization", bearer).body()).isEqualTo(VolumeResource.CONFIG);
    assertThat(http.get(file, "Authorization", "Bearer other").statusCode()).isEqualTo(403);
    assertThat(http.get("/api/models/acme/Secret/auth-check", "Authorization", bearer).statusCode())
        .isEqualTo(200);
    assertThat(text(http.get("/api/whoami-v2", "Authorization", bearer))).contains("\"name\"");
  }

  @Test
  void aTokenOfAnotherHubDoesNotCloseWhatIsOpen() throws Exception {
    assertThat(
            http.get("/alpha/resolve/main/config.json", "Authorization", "Bearer other")
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"PUT", "DELETE", "POST", "PATCH"})
  void nothingCanBeWritten(String method) throws Exception {
    assertThat(http.send(method, "/acme/Alpha-1/resolve/main/config.json").statusCode())
        .isEqualTo(405);
    assertThat(http.send(method, ALPHA).statusCode()).isEqualTo(405);
  }

  @Test
  void aVersionIsServedAsSoonAsItIsPublished() throws Exception {
    assertThat(http.get("/api/models/late").statusCode()).isEqualTo(404);

    VolumeResource.volume()
        .publish(
            new FilledVolume.Version(
                "late",
                "6".repeat(40),
                Optional.of("acme/Late"),
                "main",
                Optional.empty(),
                Map.of("a.txt", new byte[] {1}),
                List.of()));

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          while (http.get("/api/models/acme/Late").statusCode() != 200) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void healthAndMetricsTellOfTheVolumeAndTheTraffic() throws Exception {
    http.get("/acme/Alpha-1/resolve/main/config.json");
    assertThat(text(http.get("/q/health/ready"))).contains("\"UP\"", "volume");
    assertThat(text(http.get("/q/metrics")))
        .contains(
            "modeldepot_mirror_requests_total",
            "modeldepot_mirror_bytes_total{model_name=\"alpha\"}");
  }
}
