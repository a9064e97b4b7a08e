package io.modeldepot.store.adopt;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.blob.Placing;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.publish.Publisher;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Adopts trees. */
public final class Adopter {
  private final Volume volume;
  private final FileCalls calls;
  private final Clock clock;

  /** An adopter on a volume. */
  public Adopter(Volume volume, Clock clock) {
    this.volume = volume;
    this.calls = volume.calls();
    this.clock = clock;
  }

  /**
   * What to adopt.
   *
   * @param directory the tree; links in it are followed as long as they stay below {@code root}
   * @param root the directory that nothing may be read outside of, by the caller's configuration
   * @param model its name in the catalog
   * @param family its family
   * @param source what the manifest says of its origin; kind {@code adopted} or {@code import}
   */
  public record Tree(
      Path directory, Path root, ModelName model, FamilyName family, Source source) {}

  /** Reads a model's own files, to describe it; see the room {@code inspect}. */
  @FunctionalInterface
  public interface Inspection {
    /** The profile of the model in a directory. */
    Optional<ModelProfile> inspect(Path directory) throws IOException;

    /**
     * What a signature among the files says of them; empty if nobody looks.
     *
     * @param manifest with the digest of every file
     * @param files path in the model, to where the file lies now
     * @throws IOException if they are not to be adopted, or cannot be read
     */
    default Optional<UpstreamSignature> vouch(Manifest manifest, Map<String, Path> files)
        throws IOException {
      return Optional.empty();
    }

    /**
     * What loading the files would run; of those that came in, not of those they came from. Asked
     * before the profile. May refuse them by an exception, and then nothing is published.
     *
     * @param files path in the model, to where the file lies now
     */
    default Optional<Scan> scan(Map<String, Path> files) throws IOException {
      return Optional.empty();
    }
  }

  /**
   * Adopts a tree and makes it current; every file is verified by {@code self}. Adopting the same
   * tree twice is adopting it once.
   *
   * @param claim the claim of the model
   * @param shownGeneration the highest generation that the state topic shows; 0 for none
   * @param progress told how many bytes were read, piece by piece
   * @throws io.modeldepot.store.layout.BadNames if a name may not be on the volume
   * @throws Unadoptable if the tree is empty, or has what is no file, or leaves its root, or
   *     changed while it was read
   */
  public Publication adopt(
      Claim claim, Tree tree, Inspection inspection, long shownGeneration, LongConsumer progress)
      throws IOException {
    if (!claim.place().equals(volume.layout().modelClaim(tree.model()))) {
      throw new IllegalArgumentException(claim.place() + " is not the claim of " + tree.model());
    }
    volume.requireStillHere();
    Map<String, Path> files = SourceTree.files(calls, tree.directory(), tree.root());
    Path parts = claim.freshScratch();
    Map<Sha256, Path> byDigest = new HashMap<>();
    Map<String, Sha256> digests = new TreeMap<>();
    Map<String, Path> cameIn = new TreeMap<>();
    List<ManifestFile> entries = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Path part = parts.resolve(String.valueOf(entries.size()));
      FileDigests found = claim.guard(() -> takeIn(tree, file.getValue(), part, progress));
      byDigest.put(found.sha256(), part);
      digests.put(file.getKey(), found.sha256());
      cameIn.put(file.getKey(), part);
      entries.add(entry(file.getKey(), found));
    }
    Optional<Scan> scan = inspection.scan(cameIn);
    Optional<ModelProfile> profile = inspection.inspect(tree.directory());
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            tree.model(),
            tree.family(),
            TreeCommit.of(digests),
            tree.source(),
            Optional.empty(),
            entries,
            profile,
            scan,
            Optional.empty(),
            clock.instant());
    Manifest vouched =
        inspection.vouch(manifest, cameIn).map(manifest::withUpstreamSignature).orElse(manifest);
    Publication publication =
        new Publisher(volume, clock).publish(claim, vouched, byDigest, shownGeneration);
    // Published is published; what is left of the work the next holder clears away.
    boolean unused = new Clearing(volume).away(parts);
    return publication;
  }

  private static ManifestFile entry(String path, FileDigests found) {
    return new ManifestFile(
        path,
        found.sizeBytes(),
        true,
        Optional.of(found.sha256()),
        found.gitSha1(),
        Optional.of(VerifiedBy.SELF),
        Optional.of(found.blocks()));
  }

  /** Brings a file's content into the claim and reads it once. */
  private FileDigests takeIn(Tree tree, Path file, Path part, LongConsumer progress)
      throws IOException {
    FileStat before = stat(tree, file);
    FileDigests digests;
    if (linked(file, before, part) || cloned(file, part)) {
      digests = Digests.of(calls, part, progress);
    } else {
      digests = Placing.copy(calls, file, part, before.sizeBytes());
      progress.accept(before.sizeBytes());
    }
    FileStat after = stat(tree, file);
    if (!after.sameFileAs(before)
        || after.sizeBytes() != before.sizeBytes()
        || !after.modifiedAt().equals(before.modifiedAt())
        || digests.sizeBytes() != before.sizeBytes()) {
      throw new Unadoptable(tree.directory(), file.getFileName() + " changed while it was read");
    }
    return digests;
  }

  /**
   * Links a large file that already lies on the volume, belongs to its owner and is open for
   * writing nowhere. Anything less certain is copied. It is read-only before it is asked for
   * writers: from then on nobody but its owner can become one.
   */
  private boolean linked(Path file, FileStat stat, Path part) throws IOException {
    if (!volume.capabilities().hardLinks()
        || volume.capabilities().network()
        || !file.startsWith(realRoot())
        || stat.sizeBytes() < Layout.SMALL_BYTES
        || stat.owner() != calls.user()
        || calls.mayHaveWriter(file)
        || !linkMade(file, part)) {
      return false;
    }
    calls.chmod(part, Blobs.CONTENT_MODE);
    if (!calls.mayHaveWriter(part)) {
      return true;
    }
    calls.chmod(part, stat.mode());
    calls.unlink(part);
    return false;
  }

  private boolean linkMade(Path file, Path part) throws IOException {
    try {
      calls.link(file, part);
      return true;
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.EMLINK || e.errno() == Errno.EXDEV || e.errno() == Errno.EPERM) {
        return false;
      }
      throw e;
    }
  }

  private boolean cloned(Path file, Path part) throws IOException {
    if (!volume.capabilities().reflink()) {
      return false;
    }
    try {
      calls.cloneFile(file, part);
      return true;
    } catch (FileCallFailed e) {
      if (e.errno().unsupported() || e.errno() == Errno.EXDEV) {
        return false;
      }
      throw e;
    }
  }

  private Path realRoot() throws IOException {
    return volume.root().toRealPath();
  }

  private FileStat stat(Tree tree, Path file) throws IOException {
    return calls
        .stat(file)
        .orElseThrow(
            () -> new Unadoptable(tree.directory(), file + " disappeared while it was read"));
  }
}
