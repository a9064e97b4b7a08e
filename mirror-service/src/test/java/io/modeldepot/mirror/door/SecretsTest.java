package io.modeldepot.mirror.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that a client sends, in whatever place, comes back nowhere and is written nowhere. */
@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
class SecretsTest {
  private static final String COMMIT = "4".repeat(40);
  private static final List<String> DOORS =
      List.of(
          "/api/whoami-v2",
          "/api/models",
          "/api/models/acme/Alpha-1",
          "/api/models/acme/Alpha-1/revision/none",
          "/api/models/acme/Alpha-1/tree/main",
          "/api/models/acme/Alpha-1/tree/main/none",
          "/api/models/acme/Alpha-1/paths-info/main",
          "/api/models/acme/Alpha-1/refs",
          "/api/models/acme/Alpha-1/auth-check",
          "/api/models/acme/Alpha-1/commits/main",
          "/api/models/acme/Secret/auth-check",
          "/api/models/acme/None",
          "/api/datasets/acme/x",
          "/api/resolve-cache/models/acme/Alpha-1/" + VolumeResource.NEW + "/config.json",
          "/acme/Alpha-1/resolve/main/config.json",
          "/acme/Alpha-1/resolve/main/weights/model.safetensors",
          "/acme/Alpha-1/resolve/main/none",
          "/acme/Alpha-1/resolve/main/%ff",
          "/acme/Alpha-1/raw/main/weights/model.safetensors",
          "/acme/Alpha-1/chunks-1/" + VolumeResource.NEW + "/weights/model.safetensors",
          "/acme/Secret/resolve/main/config.json",
          "/leaky/resolve/main/a.txt",
          "/q/health/ready",
          "/q/metrics",
          "/none");

  @TestHTTPResource URI base = URI.create("http://localhost");
  private Http http = new Http(base);

  @BeforeEach
  void findTheMirror() {
    http = new Http(URI.create(base.toString().replaceAll("/$", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf_a-token-of-another-hub-8d1f", VolumeResource.TOKEN})
  void aTokenIsInNoLogAndInNoAnswer(String token) throws Exception {
    aFileIsNotWhatItsManifestSays();
    List<HttpResponse<byte[]>> answers = new ArrayList<>();
    List<String> logged;
    try (HeardLogs logs = new HeardLogs()) {
      for (String door : DOORS) {
        for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
          answers.add(ask(method, door, token));
        }
      }
      logged = List.copyOf(logs.heard());
    }

    assertThat(logged)
        .as("what goes wrong is logged, and heard here")
        .anyMatch(it -> it.contains("a.txt of leaky"))
        .noneMatch(it -> it.contains(token));
    assertThat(answers).extracting(HttpResponse::statusCode).contains(200, 400, 404, 405, 500);
    for (HttpResponse<byte[]> answer : answers) {
      assertThat(Http.text(answer)).as(answer.uri().getPath()).doesNotContain(token);
      assertThat(answer.headers().map().toString())
          .as(answer.uri().getPath())
          .doesNotContain(token);
    }
  }

  private HttpResponse<byte[]> ask(String method, String door, String token) throws Exception {
    return http.send(
        method,
        door + "?token=" + token + "&access_token=" + token,
        "Authorization",
        "Bearer " + token,
        "Cookie",
        "token=" + token,
        "X-Api-Key",
        token);
  }

  private static void aFileIsNotWhatItsManifestSays() throws Exception {
    FilledVolume volume = VolumeResource.volume();
    Path file = volume.root().resolve("versions/leaky").resolve(COMMIT).resolve("a.txt");
    if (!Files.exists(file)) {
      volume.publish(
          new FilledVolume.Version(
              "leaky",
              COMMIT,
              Optional.empty(),
              "main",
              Optional.empty(),
              Map.of("a.txt", new byte[] {1, 2, 3}),
              List.of()));
      Files.delete(file);
      Files.write(file, new byte[] {1});
    }
  }

  /** Eight places, many more answers of every kind: each has to give its place back. */
  @Test
  void noAnswerKeepsItsPlace() throws Exception {
    aFileIsNotWhatItsManifestSays();
    String file = "/acme/Alpha-1/resolve/main/config.json";
    String tag = Http.header(http.head(file), "ETag");
    for (int i = 0; i < 3 * VolumeResource.TRANSFERS; i++) {
      assertThat(http.head(file).statusCode()).isEqualTo(200);
      assertThat(http.get(file).statusCode()).isEqualTo(200);
      assertThat(http.get(file, "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(http.get(file, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
      assertThat(http.get(file, "Range", "bytes=9999-").statusCode()).isEqualTo(416);
      assertThat(http.get("/acme/Alpha-1/resolve/main/empty.txt").statusCode()).isEqualTo(200);
      assertThat(http.get("/leaky/resolve/main/a.txt").statusCode()).isEqualTo(500);
      assertThat(http.get("/acme/Secret/resolve/main/config.json").statusCode()).isEqualTo(401);
    }
  }
}
