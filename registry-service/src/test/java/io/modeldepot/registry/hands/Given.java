package io.modeldepot.registry.hands;

import static io.restassured.RestAssured.given;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Things that tests start from. Every name is new, so tests do not meet each other. */
public final class Given {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String RUN = UUID.randomUUID().toString().substring(0, 6);

  private Given() {}

  /** A name that no other test has. */
  public static String name(String like) {
    return like + "-" + RUN + "-" + COUNT.incrementAndGet();
  }

  /** A commit that begins with this letter. */
  public static String commit(char letter) {
    return String.valueOf(letter).repeat(40);
  }

  /** A catalog entry of that name; returns its ETag. */
  public static String entry(String model) {
    return given()
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body("{\"family\":\"test\",\"repository\":\"test-org/" + model + "\"}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(201)
        .extract()
        .header("ETag");
  }

  /** What a location says of a version with two files. */
  public static ModelVerified verified(
      String model, String commit, long generation, String current, VersionState state) {
    return new ModelVerified(
        LocationName.of("default"),
        ModelName.of(model),
        FamilyName.of("test"),
        CommitId.of(commit),
        state,
        generation,
        current,
        "versions/" + model + "/" + commit,
        VerifiedBy.GIT_SHA1,
        5_000_000_600L,
        5_000_000_600L,
        2,
        state == VersionState.PRESENT
            ? List.of(
                new VerifiedFile(
                    "config.json",
                    600,
                    Optional.of(Sha256.of("a".repeat(64))),
                    Optional.of(GitSha1.of("b".repeat(40))),
                    Optional.of(VerifiedBy.GIT_SHA1),
                    true),
                new VerifiedFile(
                    "model.safetensors",
                    5_000_000_000L,
                    Optional.of(Sha256.of("c".repeat(64))),
                    Optional.empty(),
                    Optional.of(VerifiedBy.SHA256),
                    true))
            : List.of(),
        new Source(
            SourceKind.HUB,
            Optional.of("https://hub.example"),
            Optional.empty(),
            Optional.of("main"),
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

  /** The key under which a location announces a version. */
  public static String key(ModelVerified said) {
    return said.location() + "/" + said.model() + "/" + said.commit();
  }

  /** Progress of a request. */
  public static DownloadProgressed progress(
      String id, String model, long sequence, DownloadState state, long doneBytes) {
    return progress(id, model, sequence, state, doneBytes, List.of());
  }

  /** Progress of a request and of those that joined it. */
  public static DownloadProgressed progress(
      String id,
      String model,
      long sequence,
      DownloadState state,
      long doneBytes,
      List<String> together) {
    return new DownloadProgressed(
        RequestId.of(id),
        ModelName.of(model),
        LocationName.of("default"),
        Optional.of(CommitId.of(commit('a'))),
        state,
        1,
        sequence,
        "downloader-1-00000000",
        1000,
        doneBytes,
        0,
        doneBytes,
        2,
        0,
        Optional.of(100L),
        Optional.of(9L),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        together.stream().map(RequestId::of).toList(),
        now());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
