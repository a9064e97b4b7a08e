package io.modeldepot.mirror.door;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A volume with versions in it, published as any other.
 *
 * @param root the volume
 */
public record FilledVolume(Path root) {
  private static final long LARGE_BYTES = 1 << 20;

  /** A version to publish; files of a mebibyte and more are large files at the hub. */
  public record Version(
      String model,
      String commit,
      Optional<String> repository,
      String revision,
      Optional<String> gated,
      Map<String, byte[]> files,
      List<String> notSelected) {}

  public static FilledVolume create(Path root) throws IOException {
    ModelStore.setUp(root, LocationName.of("test"));
    return new FilledVolume(root);
  }

  public void publish(Version version) throws IOException, InterruptedException {
    ModelStore store = ModelStore.open(root);
    ModelName model = ModelName.of(version.model());
    try (Claims claims = store.claims("test")) {
      Claim job =
          claims
              .await(store.claimPlace(RequestId.of("fill")), Duration.ofSeconds(10))
              .orElseThrow();
      Path work = job.freshWork();
      Map<Sha256, Path> parts = new HashMap<>();
      List<ManifestFile> files = new ArrayList<>();
      for (Map.Entry<String, byte[]> file : version.files().entrySet()) {
        FileDigests digests = digests(file.getValue());
        parts.put(
            digests.sha256(), Files.write(work.resolve("part-" + files.size()), file.getValue()));
        files.add(present(file.getKey(), digests));
      }
      for (String path : version.notSelected()) {
        files.add(
            new ManifestFile(
                path,
                7,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
      }
      try (Claim claim =
          claims.await(store.claimPlace(model), Duration.ofSeconds(10)).orElseThrow()) {
        store.publisher().publish(claim, manifest(model, version, files), parts, 0);
      }
      job.dissolve();
    }
  }

  private static Manifest manifest(ModelName model, Version version, List<ManifestFile> files) {
    return new Manifest(
        Manifest.FORMAT,
        model,
        FamilyName.of("family"),
        CommitId.of(version.commit()),
        new Source(
            SourceKind.HUB,
            Optional.empty(),
            version.repository().map(RepositoryId::of),
            Optional.of(version.revision()),
            Optional.of("mit"),
            version.gated()),
        Optional.empty(),
        files,
        Optional.empty(),
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(version.commit().charAt(0)));
  }

  private static ManifestFile present(String path, FileDigests digests) {
    Optional<GitSha1> gitSha1 =
        digests.sizeBytes() < LARGE_BYTES ? digests.gitSha1() : Optional.empty();
    return new ManifestFile(
        path,
        digests.sizeBytes(),
        true,
        Optional.of(digests.sha256()),
        gitSha1,
        Optional.of(gitSha1.isPresent() ? VerifiedBy.GIT_SHA1 : VerifiedBy.SHA256),
        Optional.of(digests.blocks()));
  }

  public static FileDigests digests(byte[] bytes) {
    Digester digester = Digester.withGitSha1(bytes.length);
    digester.update(bytes, 0, bytes.length);
    return digester.finish();
  }
}
