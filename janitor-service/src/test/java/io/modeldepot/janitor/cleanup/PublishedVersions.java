package io.modeldepot.janitor.cleanup;

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
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Puts versions on a volume, and remembers which were never destroyed by right. */
final class PublishedVersions {
  private static final int LARGE = (1 << 20) + 1;

  private final ModelStore store;
  private final Map<String, Set<CommitId>> published = new TreeMap<>();

  PublishedVersions(ModelStore store) {
    this.store = store;
  }

  /** Publishes a version of large contents, by number, and a small file of its own. */
  void publish(Shelf shelf, ModelName model, CommitId commit, long[] contents)
      throws IOException, InterruptedException {
    shelf.underClaim(
        model,
        Duration.ofSeconds(5),
        claim -> {
          Path scratch = claim.freshScratch();
          Map<Sha256, Path> parts = new HashMap<>();
          List<ManifestFile> files = new ArrayList<>();
          for (long content : contents) {
            files.add(file(scratch, "weights-" + content, large(content), parts));
          }
          byte[] small = ("{\"is\":\"" + commit + "\"}").getBytes(StandardCharsets.UTF_8);
          files.add(file(scratch, "config.json", small, parts));
          var published =
              store.publisher().publish(claim, manifest(model, commit, files), parts, 0);
          // What was fetched goes with its job.
          Path unused = claim.freshScratch();
          return published;
        });
    published.computeIfAbsent(model.value(), name -> new HashSet<>()).add(commit);
  }

  /** Versions that are neither on the volume nor in the trash, and were not destroyed there. */
  List<String> lost(ModelName model) throws IOException {
    Set<CommitId> known = new HashSet<>(store.versions().commits(model));
    for (TrashEntry entry : store.trash().list()) {
      if (entry.note().model().filter(model::equals).isPresent() && entry.whole()) {
        entry.note().commit().ifPresent(known::add);
      }
    }
    List<String> lost = new ArrayList<>();
    Set<CommitId> all = published.getOrDefault(model.value(), Set.of());
    for (CommitId commit : Set.copyOf(all)) {
      if (known.contains(commit)) {
        continue;
      }
      if (wasOver.contains(model + "@" + commit)) {
        all.remove(commit);
      } else {
        lost.add(model + "@" + commit);
      }
    }
    for (TrashEntry entry : store.trash().list()) {
      if (entry.note().model().filter(model::equals).isPresent()
          && entry.isOver(Instant.now(), Order.UNCUT)) {
        wasOver.add(model + "@" + entry.note().commit().orElseThrow());
      }
    }
    return lost;
  }

  private final Set<String> wasOver = new HashSet<>();

  /** Ten days pass for every blob. */
  void agedBlobs() throws IOException {
    try (var files = Files.walk(store.layout().blobs())) {
      for (Path blob : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(blob, FileTime.from(Instant.now().minus(Duration.ofDays(10))));
      }
    }
  }

  /** The bytes of a large content. */
  static byte[] large(long content) {
    byte[] bytes = new byte[LARGE];
    new Random(content).nextBytes(bytes);
    return bytes;
  }

  /** Publishes what a download has brought, and what it finds on the volume. */
  void publish(
      Shelf shelf,
      ModelName model,
      CommitId commit,
      List<ManifestFile> files,
      Map<Sha256, Path> parts)
      throws IOException, InterruptedException {
    shelf.underClaim(
        model,
        Duration.ofSeconds(5),
        claim -> store.publisher().publish(claim, manifest(model, commit, files), parts, 0));
    published.computeIfAbsent(model.value(), name -> new HashSet<>()).add(commit);
  }

  static ManifestFile file(Path scratch, String path, byte[] bytes, Map<Sha256, Path> parts)
      throws IOException {
    Path part = Files.write(scratch.resolve(path), bytes);
    FileDigests digests = Digests.of(new LinuxCalls(), part);
    parts.put(digests.sha256(), part);
    return new ManifestFile(
        path,
        bytes.length,
        true,
        Optional.of(digests.sha256()),
        Optional.empty(),
        Optional.of(VerifiedBy.SHA256),
        Optional.of(digests.blocks()));
  }

  private static Manifest manifest(ModelName model, CommitId commit, List<ManifestFile> files) {
    return new Manifest(
        Manifest.FORMAT,
        model,
        FamilyName.of("family-of-" + model),
        commit,
        new Source(
            SourceKind.HUB,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.empty(),
        files,
        Optional.empty(),
        Instant.now());
  }
}
