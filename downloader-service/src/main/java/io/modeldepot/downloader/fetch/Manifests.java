package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.manifest.Merge;
import io.modeldepot.store.manifest.UnreadableFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifest of what a job brought in. */
public final class Manifests {
  private Manifests() {}

  /**
   * The manifest.
   *
   * @param listing the whole repository; what the job did not select is listed as not present
   */
  public static Manifest of(
      Job job, CommitId commit, Listing listing, Optional<ModelProfile> profile, Instant now) {
    Target target = job.target().orElseThrow();
    Map<String, JournalFile> selected = new HashMap<>();
    job.files().forEach(file -> selected.put(file.path(), file));
    List<ManifestFile> files = new ArrayList<>();
    for (Listing.Entry entry : listing.files()) {
      files.add(
          Optional.ofNullable(selected.get(entry.path()))
              .map(file -> present(entry, file))
              .orElseGet(() -> absent(entry)));
    }
    return new Manifest(
        Manifest.FORMAT,
        job.model(),
        target.family(),
        commit,
        target.source().orElseThrow(),
        Optional.of(target.selection()),
        files,
        profile,
        now);
  }

  /**
   * The same together with what the volume has of the version already: what is published.
   *
   * @throws IllegalArgumentException if they name different content under one path
   */
  public static Manifest whole(Shelf shelf, Manifest manifest) throws IOException {
    try {
      return shelf
          .store()
          .versions()
          .manifest(manifest.model(), manifest.commit())
          .map(older -> Merge.of(older, manifest))
          .orElse(manifest);
    } catch (UnreadableFile e) {
      return manifest;
    }
  }

  private static ManifestFile present(Listing.Entry entry, JournalFile file) {
    return new ManifestFile(
        entry.path(),
        entry.sizeBytes(),
        true,
        file.sha256(),
        entry.gitSha1(),
        Optional.of(vouchedBy(entry)),
        file.crc32c().map(crcs -> new Blocks(Blocks.SIZE_BYTES, crcs)));
  }

  private static ManifestFile absent(Listing.Entry entry) {
    return new ManifestFile(
        entry.path(),
        entry.sizeBytes(),
        false,
        entry.sha256(),
        entry.gitSha1(),
        Optional.empty(),
        Optional.empty());
  }

  private static VerifiedBy vouchedBy(Listing.Entry entry) {
    if (entry.vouchedBy().isPresent()) {
      return entry.vouchedBy().get();
    }
    if (entry.sha256().isPresent()) {
      return VerifiedBy.SHA256;
    }
    return entry.gitSha1().isPresent() ? VerifiedBy.GIT_SHA1 : VerifiedBy.SELF;
  }
}
