package io.modeldepot.janitor.house;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Puts versions on a volume as a download does. */
public final class Shelves {
  private final ModelStore store;

  /** On a volume. */
  public Shelves(ModelStore store) {
    this.store = store;
  }

  /** A commit made of a number. */
  public static CommitId commit(int number) {
    return CommitId.of("%08x%032x".formatted(number * 0x01000193, number));
  }

  /** Bytes that a seed gives. */
  public static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Content that no version has. */
  public Path blob(long seed) throws IOException {
    Path written = Files.write(store.layout().janitor().resolve("part"), bytes(seed, 3 << 20));
    FileDigests digests = Digests.of(new LinuxCalls(), written);
    store.blobs().keep(written, digests.sha256(), digests.sizeBytes());
    Files.delete(written);
    return store.layout().blob(digests.sha256());
  }

  /** Publishes a version of two files: one large, of a seed, and a small one of its own. */
  public CommitId publish(String model, int number, long weightsSeed, Instant at)
      throws IOException {
    return publish(model, number, weightsSeed, at, SourceKind.HUB);
  }

  /** The same, brought from somewhere. */
  public CommitId publish(String model, int number, long weightsSeed, Instant at, SourceKind source)
      throws IOException {
    CommitId commit = commit(number);
    Map<String, byte[]> files = new HashMap<>();
    files.put("model.safetensors", bytes(weightsSeed, 3 << 20));
    files.put(
        "config.json", ("{\"number\":%d}".formatted(number)).getBytes(StandardCharsets.UTF_8));
    ModelName name = ModelName.of(model);
    try (Claims claims = store.claims("hand")) {
      Path place = store.claimPlace(name);
      try (Claim claim = claims.await(place, Duration.ofSeconds(5)).orElseThrow()) {
        Map<Sha256, Path> parts = new HashMap<>();
        List<ManifestFile> listed = new ArrayList<>();
        Path scratch = claim.freshScratch();
        int part = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Path written = Files.write(scratch.resolve("part" + part++), file.getValue());
          FileDigests digests = Digests.of(new LinuxCalls(), written);
          parts.put(digests.sha256(), written);
          listed.add(
              new ManifestFile(
                  file.getKey(),
                  file.getValue().length,
                  true,
                  Optional.of(digests.sha256()),
                  Optional.empty(),
                  Optional.of(VerifiedBy.SHA256),
                  Optional.of(digests.blocks())));
        }
        var unused =
            store
                .publisher()
                .publish(
                    claim,
                    new Manifest(
                        Manifest.FORMAT,
                        name,
                        FamilyName.of("testing"),
                        commit,
                        new Source(
                            source,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                        Optional.empty(),
                        listed,
                        Optional.empty(),
                        at),
                    parts,
                    0);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return commit;
  }
}
