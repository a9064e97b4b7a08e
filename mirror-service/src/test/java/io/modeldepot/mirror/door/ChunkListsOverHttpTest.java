package io.modeldepot.mirror.door;

import static io.modeldepot.mirror.door.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.chunk.ChunkList;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of which pieces a file is made, for other sites of ours. */
@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
class ChunkListsOverHttpTest {
  private static final String PATH = "weights/model.safetensors";
  private static final String LIST = "/alpha/chunks-1/" + VolumeResource.NEW + "/" + PATH;

  @TestHTTPResource URI base = URI.create("http://localhost");
  private Http http = new Http(base);
  private final Sha256 digest = FilledVolume.digests(VolumeResource.WEIGHTS).sha256();

  @BeforeEach
  void findTheMirror() {
    http = new Http(URI.create(base.toString().replaceAll("/$", "")));
  }

  @AfterEach
  void forgetTheList() throws IOException {
    Files.deleteIfExists(store().layout().chunkList(digest));
  }

  private static ModelStore store() throws IOException {
    return ModelStore.open(VolumeResource.volume().root());
  }

  private ChunkList listed() throws IOException {
    Path tree = store().layout().tree(ModelName.of("alpha"), CommitId.of(VolumeResource.NEW));
    return store().chunkLists().make(tree.resolve(PATH), digest, bytes -> {});
  }

  @Test
  void aListIsOfferedUnderItsCommitAndMayBeKeptForEver() throws Exception {
    ChunkList made = listed();
    HttpResponse<byte[]> answer = http.get(LIST);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ChunkList.of(answer.body()).bytes()).isEqualTo(made.bytes());
    assertThat(header(answer, "Cache-Control")).contains("immutable");
    assertThat(header(answer, "ETag")).isEqualTo("\"" + digest + "-chunks-1\"");
  }

  @Test
  void whoHasItIsNotSentItAgain() throws Exception {
    ChunkList unused = listed();
    HttpResponse<byte[]> answer = http.get(LIST, "If-None-Match", "\"" + digest + "-chunks-1\"");

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void theRepositorysNameLeadsToItToo() throws Exception {
    ChunkList unused = listed();

    assertThat(http.get(LIST.replace("/alpha/", "/acme/Alpha-1/")).statusCode()).isEqualTo(200);
  }

  @Test
  void aFileThatNobodyListedHasNone() throws Exception {
    HttpResponse<byte[]> answer = http.get(LIST);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aBranchHasNoLists() throws Exception {
    ChunkList unused = listed();

    assertThat(http.get("/alpha/chunks-1/main/" + PATH).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsGatedIsListedForItsReadersAlone() throws Exception {
    String gated = "/secret/chunks-1/" + VolumeResource.NEW + "/config.json";

    assertThat(http.get(gated).statusCode()).isEqualTo(403);
    assertThat(http.get(gated, "Authorization", "Bearer " + VolumeResource.TOKEN).statusCode())
        .isEqualTo(404);
  }
}
