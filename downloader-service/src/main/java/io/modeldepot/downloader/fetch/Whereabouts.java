package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.manifest.UnreadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the verified files of a version lie now: what is of this commit here already, because a job
 * may bring only a part of it, and what the job brought or reuses. What somebody removed meanwhile
 * is left out.
 */
public final class Whereabouts {
  private Whereabouts() {}

  /** Path in the repository, to the file. */
  public static Map<String, Path> of(Turn turn, Shelf shelf, CommitId commit) throws IOException {
    Contents contents = shelf.store().contents();
    Map<Sha256, Path> parts = parts(turn);
    Map<String, Path> where = new HashMap<>();
    for (ManifestFile file : present(shelf, turn.job(), commit)) {
      contents
          .find(file.sha256().orElseThrow(), file.sizeBytes())
          .ifPresent(it -> where.put(file.path(), it.path()));
    }
    for (JournalFile file : turn.job().files()) {
      Sha256 digest = file.sha256().orElseThrow();
      Path part = parts.get(digest);
      Optional<Path> path =
          part != null
              ? Optional.of(part)
              : contents.find(digest, file.sizeBytes()).map(Contents.Found::path);
      path.ifPresent(it -> where.put(file.path(), it));
    }
    return where;
  }

  /** The files that the job brought itself, by digest. */
  public static Map<Sha256, Path> parts(Turn turn) {
    Map<Sha256, Path> parts = new HashMap<>();
    for (JournalFile file : turn.job().files()) {
      if (!file.reused()) {
        parts.put(file.sha256().orElseThrow(), Fetcher.part(turn.claim(), file));
      }
    }
    return parts;
  }

  private static List<ManifestFile> present(Shelf shelf, Job job, CommitId commit)
      throws IOException {
    try {
      return shelf
          .store()
          .versions()
          .manifest(job.model(), commit)
          .map(Manifest::presentFiles)
          .orElse(List.of());
    } catch (UnreadableFile e) {
      return List.of();
    }
  }
}
