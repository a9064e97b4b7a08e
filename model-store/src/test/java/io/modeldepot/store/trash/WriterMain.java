package io.modeldepot.store.trash;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.publish.MissingContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A process that publishes versions of its own model from contents that all writers share, counts
 * on what is on the volume wherever it can, and throws its old versions away for good, so that
 * contents lose their last link again and again. Fails if a version that it published is not whole.
 */
final class WriterMain {
  private static final int CONTENTS = 5;

  private final ModelStore store;
  private final Claims claims;
  private final ModelName model;
  private final Random random;

  private WriterMain(ModelStore store, Claims claims, ModelName model, Random random) {
    this.store = store;
    this.claims = claims;
    this.model = model;
    this.random = random;
  }

  public static void main(String[] args) throws Exception {
    ModelStore store = ModelStore.open(Path.of(args[0]));
    int writer = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    try (Claims claims = store.claims("writer-" + writer)) {
      WriterMain main =
          new WriterMain(store, claims, ModelName.of("model-" + writer), new Random(seed + writer));
      for (int round = 1; round <= rounds; round++) {
        main.round(round);
      }
    }
  }

  /** Small and large contents, the same for every writer. */
  static byte[] content(int number) {
    return number == 0
        ? "{\"shared\":true}".getBytes(java.nio.charset.StandardCharsets.UTF_8)
        : StoreFixture.large(number);
  }

  private void round(int round) throws IOException, InterruptedException {
    CommitId commit = CommitId.of("%040x".formatted(round));
    Map<String, byte[]> files = new TreeMap<>();
    for (int number = 0; number < CONTENTS; number++) {
      if (random.nextBoolean() || number == 0) {
        files.put("file-" + number, content(number));
      }
    }
    try (Claim claim = claims.await(store.claimPlace(model), Duration.ofMinutes(1)).orElseThrow()) {
      publish(claim, commit, files);
      requireWhole(commit);
      for (CommitId old : store.versions().commits(model)) {
        if (!old.equals(commit) && random.nextInt(3) > 0) {
          throwAway(claim, old);
        }
      }
    }
  }

  private void publish(Claim claim, CommitId commit, Map<String, byte[]> files) throws IOException {
    Manifest manifest = manifest(commit, files);
    try {
      // Nothing is brought along: a content that is here now may be gone at the next call.
      var unused = store.publisher().publish(claim, manifest, Map.of(), 0);
    } catch (MissingContent e) {
      Map<Sha256, Path> parts = new HashMap<>();
      Path place = store.layout().downloads().resolve(".parts-" + model);
      Files.createDirectories(place);
      for (byte[] content : files.values()) {
        Sha256 digest = StoreFixture.digests(content).sha256();
        Path part = place.resolve(digest.value());
        Files.deleteIfExists(part);
        parts.put(digest, Files.write(part, content));
      }
      var unused = store.publisher().publish(claim, manifest, parts, 0);
      for (Path part : parts.values()) {
        Files.delete(part);
      }
    }
  }

  private void requireWhole(CommitId commit) throws IOException {
    var report = store.verifier().verify(model, commit, Verifier.Depth.BYTES, bytes -> {});
    if (report.isEmpty() || !report.get().clean()) {
      throw new IllegalStateException(model + "@" + commit + " is not whole: " + report);
    }
  }

  private void throwAway(Claim claim, CommitId commit) throws IOException {
    TrashEntry entry =
        store
            .trash()
            .take(
                claim,
                new TrashNote(
                    TrashNote.FORMAT,
                    TrashNote.Kind.VERSION,
                    Optional.of(model),
                    Optional.of(commit),
                    false,
                    "versions/" + model + "/" + commit,
                    "for a test",
                    1,
                    0,
                    RequestId.of("r-" + model + "-" + commit.value().substring(30))),
                0);
    var unused =
        store
            .expunging()
            .trash(entry.name(), entry.since().plus(Duration.ofDays(1)), Duration.ofDays(1));
  }

  private Manifest manifest(CommitId commit, Map<String, byte[]> files) {
    Manifest like = StoreFixture.manifest(commit, files);
    return new Manifest(
        like.format(),
        model,
        like.family(),
        commit,
        like.source(),
        like.selection(),
        like.files(),
        like.profile(),
        like.createdAt());
  }
}
