package io.modeldepot.store.survey;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.volume.call.FileStat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was on a volume.
 *
 * @param volumesNow when, by the volume's own clock
 * @param capacityBytes of the file system
 * @param freeBytes what a new job may take
 * @param versions every version that can be read
 * @param unreadable manifests, {@code current.json} and journals that could not be read, in words:
 *     what they need is not known
 * @param activeLinks the version that {@code active/<model>} names
 * @param engineLinks the versions that model repositories of inference servers name
 * @param blobs the cache
 * @param jobs what downloads have on the volume
 * @param trash what can be brought back
 * @param strangers what is none of ours, or was never finished
 */
public record Survey(
    Instant volumesNow,
    long capacityBytes,
    long freeBytes,
    List<Version> versions,
    List<String> unreadable,
    Map<ModelName, CommitId> activeLinks,
    Map<ModelName, Set<CommitId>> engineLinks,
    List<Blob> blobs,
    List<Job> jobs,
    List<TrashEntry> trash,
    List<Stranger> strangers) {

  /**
   * A version.
   *
   * @param model model
   * @param commit commit
   * @param family family
   * @param publishedAt when its manifest was made
   * @param current whether {@code current.json} names it
   * @param files what is in its tree
   * @param print changes when the version does
   */
  public record Version(
      ModelName model,
      CommitId commit,
      FamilyName family,
      Instant publishedAt,
      boolean current,
      List<Content> files,
      String print) {

    /** The bytes of its files. */
    public long bytes() {
      return files.stream().mapToLong(Content::sizeBytes).sum();
    }

    /** {@code <model>@<commit>}, as people see it. */
    public String shown() {
      return model + "@" + commit.value().substring(0, 7);
    }
  }

  /**
   * Content that something needs.
   *
   * @param digest digest
   * @param sizeBytes length
   */
  public record Content(Sha256 digest, long sizeBytes) {}

  /**
   * A blob.
   *
   * @param digest its name
   * @param stat how it is
   */
  public record Blob(Sha256 digest, FileStat stat) {}

  /**
   * A download that has something on the volume.
   *
   * @param id its request
   * @param state as its journal says; empty if it has none that can be read
   * @param model as its journal says
   * @param commit as its journal says
   * @param needs digests that it will look for
   * @param journaledAt the stamp of its journal; empty if it has none
   * @param claimed whether it has a directory, so that its work is not over
   * @param bytes that its directory takes
   */
  public record Job(
      RequestId id,
      Optional<DownloadState> state,
      Optional<ModelName> model,
      Optional<CommitId> commit,
      List<Sha256> needs,
      Optional<Instant> journaledAt,
      boolean claimed,
      long bytes) {}

  /**
   * Something that is none of ours, or was never finished.
   *
   * @param kind what it looks like
   * @param path relative to the volume
   * @param bytes that it takes
   * @param modifiedAt the latest stamp in it
   * @param print changes when it does
   */
  public record Stranger(Kind kind, String path, long bytes, Instant modifiedAt, String print) {
    /** What it looks like. */
    public enum Kind {
      /** What a tool of the Hub left of a download, {@code *.incomplete}. */
      INCOMPLETE,
      /** A lock file of another tool. */
      LOCK,
      /** A tree below {@code versions} without a manifest: an unfinished publish. */
      UNFINISHED
    }
  }
}
