package io.modeldepot.store.manifest;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.Selection;
import io.modeldepot.events.terms.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A version that is extended keeps what it had: of two manifests of one commit, both together. */
public final class Merge {
  private Merge() {}

  /**
   * Everything that either has present. What the newer one says of a file counts, unless only the
   * older one has it; of the same content it keeps the git id and the block digests that only the
   * older one knows.
   *
   * @throws IllegalArgumentException if they are not of one commit, or name different content under
   *     one path
   */
  public static Manifest of(Manifest older, Manifest newer) {
    if (!older.model().equals(newer.model()) || !older.commit().equals(newer.commit())) {
      throw new IllegalArgumentException("Not two manifests of one version.");
    }
    Map<String, ManifestFile> files = new LinkedHashMap<>();
    newer.files().forEach(file -> files.put(file.path(), file));
    boolean olderHasMore = false;
    for (ManifestFile file : older.files()) {
      ManifestFile other = files.get(file.path());
      if (file.present()) {
        if (other == null || !other.present()) {
          files.put(file.path(), file);
          olderHasMore = true;
        } else if (!file.sha256().equals(other.sha256())) {
          throw new IllegalArgumentException(
              file.path() + " cannot have other content in the same commit.");
        } else {
          files.put(file.path(), filled(other, file));
        }
      } else {
        files.putIfAbsent(file.path(), file);
      }
    }
    return new Manifest(
        newer.format(),
        newer.model(),
        newer.family(),
        newer.commit(),
        source(older, newer),
        olderHasMore ? union(older.selection(), newer.selection()) : newer.selection(),
        files.values().stream().sorted((a, b) -> a.path().compareTo(b.path())).toList(),
        newer.profile().isPresent() ? newer.profile() : older.profile(),
        newer.scan().isPresent() ? newer.scan() : older.scan(),
        newer.upstreamSignature().isPresent()
            ? newer.upstreamSignature()
            : older.upstreamSignature(),
        newer.createdAt());
  }

  /** A repair asks for the commit itself; which branch the version came from is not forgotten. */
  private static Source source(Manifest older, Manifest newer) {
    Source was = older.source();
    Source now = newer.source();
    boolean same =
        was.kind().equals(now.kind())
            && was.endpoint().equals(now.endpoint())
            && was.repository().equals(now.repository());
    return same && now.revision().equals(Optional.of(newer.commit().value())) ? was : now;
  }

  private static ManifestFile filled(ManifestFile newer, ManifestFile older) {
    return new ManifestFile(
        newer.path(),
        newer.sizeBytes(),
        newer.present(),
        newer.sha256(),
        newer.gitSha1().isPresent() ? newer.gitSha1() : older.gitSha1(),
        newer.verifiedBy(),
        newer.blocks().isPresent() ? newer.blocks() : older.blocks());
  }

  /** Whether two manifests say the same, leaving aside when. */
  public static boolean same(Manifest one, Manifest other) {
    return one.family().equals(other.family())
        && one.source().equals(other.source())
        && one.selection().equals(other.selection())
        && one.profile().equals(other.profile())
        && one.scan().equals(other.scan())
        && one.upstreamSignature().equals(other.upstreamSignature())
        && sorted(one).equals(sorted(other));
  }

  private static List<ManifestFile> sorted(Manifest manifest) {
    List<ManifestFile> files = new ArrayList<>(manifest.files());
    files.sort((a, b) -> a.path().compareTo(b.path()));
    return files;
  }

  private static Optional<Selection> union(Optional<Selection> one, Optional<Selection> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    Selection a = one.get();
    Selection b = other.get();
    Optional<Profile> profile =
        a.profile().equals(b.profile()) ? a.profile() : Optional.of(Profile.FULL);
    List<String> include =
        a.include().isEmpty() || b.include().isEmpty()
            ? List.of()
            : Stream.concat(a.include().stream(), b.include().stream()).distinct().toList();
    List<String> exclude = a.exclude().stream().filter(b.exclude()::contains).toList();
    return Optional.of(new Selection(profile, include, exclude));
  }
}
