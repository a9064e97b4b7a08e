package io.modeldepot.mirror.demo;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.hub.git.ObjectId;
import io.modeldepot.mirror.demo.DemoModel.Duplicate;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.inspect.ModelFiles;
import io.modeldepot.store.inspect.ModelInspector;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fills a directory with the demonstration hub: a volume like any other, every model published
 * through the store. Doing it twice is doing it once, and the second time takes no time: a version
 * that is there is not made again.
 */
public final class DemoHub {
  private static final LocationName LOCATION = LocationName.of("demo-hub");
  private static final RequestId JOB = RequestId.of("demo-hub");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Raise it when the files of a revision change: commits are made from it. */
  private static final int EDITION = 1;

  private final Path root;
  private final Set<ModelName> gated;

  /**
   * @param root made into a volume if it is none
   * @param gated models whose repositories ask for terms to be accepted first
   */
  public DemoHub(Path root, Set<ModelName> gated) {
    this.root = root;
    this.gated = Set.copyOf(gated);
  }

  /** A version of the demonstration hub. */
  public record Made(ModelName model, String revision, CommitId commit, long sizeBytes) {}

  /**
   * Makes what is missing.
   *
   * @return every version there is now, oldest first within a model
   * @throws IOException if the volume refuses; what was published before stays
   */
  public List<Made> make() throws IOException, InterruptedException {
    ModelStore.setUp(root, LOCATION);
    List<Made> made = new ArrayList<>();
    for (DemoModel model : DemoCatalog.models()) {
      for (DemoRevision revision : model.revisions()) {
        made.add(make(model, revision));
      }
    }
    return made;
  }

  private Made make(DemoModel model, DemoRevision revision)
      throws IOException, InterruptedException {
    ModelStore store =
        ModelStore.open(
            root,
            Optional.empty(),
            Clock.fixed(revision.madeAt(), ZoneOffset.UTC),
            new LinuxCalls());
    CommitId commit = commit(model, revision);
    Optional<Manifest> there = store.versions().manifest(model.name(), commit);
    boolean current =
        store.versions().current(model.name()).flatMap(Current::commit).equals(Optional.of(commit));
    if (there.isEmpty() || (revision == model.current() && !current)) {
      there = Optional.of(publish(store, model, revision, commit));
    }
    long size = there.get().files().stream().mapToLong(ManifestFile::sizeBytes).sum();
    return new Made(model.name(), revision.name(), commit, size);
  }

  private Manifest publish(
      ModelStore store, DemoModel model, DemoRevision revision, CommitId commit)
      throws IOException, InterruptedException {
    try (Claims claims = store.claims("demo-hub")) {
      claims.startBeating();
      // Parts lie where a download's would; publishing has the model's own claim for its work.
      Claim job = held(claims, store.claimPlace(JOB));
      Parts parts = new Parts(job.freshWork());
      write(parts, model, revision);
      Manifest manifest = parts.manifest(model, revision, commit, source(model, revision));
      try (Claim claim = held(claims, store.claimPlace(model.name()))) {
        store.publisher().publish(claim, manifest, parts.byDigest, 0);
      }
      job.dissolve();
      return manifest;
    }
  }

  private static Claim held(Claims claims, Path place) throws IOException, InterruptedException {
    return claims
        .await(place, PATIENCE)
        .orElseThrow(() -> new IOException(place + " is held by another process."));
  }

  private static void write(Parts parts, DemoModel model, DemoRevision revision)
      throws IOException {
    List<TensorPlan> tensors = model.architecture().tensors(model.width());
    Shards shards = Shards.of(tensors, model.shards());
    WeightsWriter weights = new WeightsWriter(model.name().value().hashCode(), model.element());
    for (Map.Entry<String, String> text :
        new DemoTexts(model, revision, shards).files().entrySet()) {
      byte[] bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
      Path file = parts.next();
      try (PartFile part = PartFile.regular(file, bytes.length)) {
        part.write(bytes, bytes.length);
        parts.add(text.getKey(), file, part.finish());
      }
    }
    for (Shards.Shard shard : shards.files()) {
      Path file = parts.next();
      parts.add(shard.path(), file, weights.writeSafetensors(file, shard));
    }
    if (model.duplicate() == Duplicate.PYTORCH) {
      Path file = parts.next();
      parts.add("pytorch_model.bin", file, weights.writeTorchArchive(file, tensors));
    }
  }

  private Source source(DemoModel model, DemoRevision revision) {
    return new Source(
        SourceKind.IMPORT,
        Optional.empty(),
        Optional.of(model.repository()),
        Optional.of(revision.name()),
        Optional.of(model.licenceToShow()),
        gated.contains(model.name()) ? Optional.of("manual") : Optional.empty());
  }

  /**
   * The commit depends on what the revision is made from, so that it is known without making it.
   */
  private static CommitId commit(DemoModel model, DemoRevision revision) {
    String recipe =
        "demonstration %d of %s at %s".formatted(EDITION, model.repository(), revision.name());
    return CommitId.of(ObjectId.ofBlob(recipe.getBytes(StandardCharsets.UTF_8)));
  }

  /** The files of one revision while it is made. */
  private static final class Parts {
    private final Path folder;
    private final Map<String, Path> byPath = new TreeMap<>();
    private final Map<String, FileDigests> digests = new TreeMap<>();
    private final Map<Sha256, Path> byDigest = new TreeMap<>();

    Parts(Path folder) {
      this.folder = folder;
    }

    Path next() {
      return folder.resolve("part-" + byPath.size());
    }

    void add(String path, Path file, FileDigests found) {
      byPath.put(path, file);
      digests.put(path, found);
      byDigest.put(found.sha256(), file);
    }

    Manifest manifest(DemoModel model, DemoRevision revision, CommitId commit, Source source)
        throws IOException {
      Instant madeAt = revision.madeAt();
      return new Manifest(
          Manifest.FORMAT,
          model.name(),
          model.family(),
          commit,
          source,
          Optional.empty(),
          digests.entrySet().stream().map(file -> entry(file.getKey(), file.getValue())).toList(),
          Optional.of(ModelInspector.inspect(ModelFiles.of(byPath)).profile()),
          madeAt);
    }

    private static ManifestFile entry(String path, FileDigests digests) {
      return new ManifestFile(
          path,
          digests.sizeBytes(),
          true,
          Optional.of(digests.sha256()),
          digests.gitSha1(),
          Optional.of(digests.gitSha1().isPresent() ? VerifiedBy.GIT_SHA1 : VerifiedBy.SHA256),
          Optional.of(digests.blocks()));
    }
  }
}
