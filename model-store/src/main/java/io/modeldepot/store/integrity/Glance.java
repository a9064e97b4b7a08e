package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at published files without reading them. Content is written before its manifest is, and
 * never again; so a file that is younger than its manifest was written to by a hand, and bits that
 * rot leave no date. Every date is of the volume's own clock.
 */
public final class Glance {
  /** Some file systems keep seconds. */
  private static final Duration GRAIN = Duration.ofSeconds(2);

  private final Layout layout;
  private final FileCalls calls;
  private final Versions versions;

  /** Glances at a volume. */
  public Glance(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.versions = new Versions(volume);
  }

  /**
   * The files of a version that are missing, have another length, or were written to after it was
   * published and after it was read last.
   *
   * @param lastRead when every byte of it was read last
   * @return their paths; empty also if there is no such version
   */
  public List<String> touched(ModelName model, CommitId commit, Optional<Instant> lastRead)
      throws IOException {
    Optional<Manifest> manifest = versions.manifest(model, commit);
    if (manifest.isEmpty()) {
      return List.of();
    }
    Path tree = layout.tree(model, commit);
    List<String> touched = new ArrayList<>();
    for (ManifestFile file : manifest.get().files()) {
      if (file.present()) {
        Optional<FileStat> stat = calls.stat(Layout.below(tree, file.path()));
        boolean same =
            stat.isPresent() && stat.get().isFile() && stat.get().sizeBytes() == file.sizeBytes();
        if (!same || isYounger(stat.get(), model, commit, lastRead)) {
          touched.add(file.path());
        }
      }
    }
    return touched;
  }

  /**
   * Whether a file was written to by a hand: after its version was published, and after it was read
   * last, because a repair puts a younger file in its place.
   */
  public boolean isWrittenTo(
      ModelName model, CommitId commit, String path, Optional<Instant> lastRead)
      throws IOException {
    Optional<FileStat> stat = calls.stat(Layout.below(layout.tree(model, commit), path));
    return stat.isPresent() && isYounger(stat.get(), model, commit, lastRead);
  }

  private boolean isYounger(
      FileStat file, ModelName model, CommitId commit, Optional<Instant> lastRead)
      throws IOException {
    Optional<Instant> published =
        calls.stat(layout.manifest(model, commit)).map(FileStat::modifiedAt);
    return published.isPresent()
        && file.modifiedAt().isAfter(published.get().plus(GRAIN))
        && lastRead.filter(it -> !file.modifiedAt().isAfter(it)).isEmpty();
  }
}
