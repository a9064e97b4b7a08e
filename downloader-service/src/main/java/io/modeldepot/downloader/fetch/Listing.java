package io.modeldepot.downloader.fetch;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the hub listed of a commit, kept in the claim's work directory: the whole repository, of
 * which the job's files are a selection.
 *
 * @param commit the commit
 * @param files all of them
 */
public record Listing(CommitId commit, List<Entry> files) {
  private static final String NAME = "listing.json";

  public Listing {
    files = List.copyOf(files);
  }

  /**
   * One file, as {@link RepositoryFile}.
   *
   * @param path in the repository
   * @param sizeBytes length
   * @param sha256 stated for large files
   * @param gitSha1 stated for the others
   * @param vouchedBy how another location verified it, where it comes from there; else the digests
   *     say it
   */
  public record Entry(
      String path,
      @JsonProperty(required = true) long sizeBytes,
      Optional<Sha256> sha256,
      Optional<GitSha1> gitSha1,
      Optional<VerifiedBy> vouchedBy) {

    static Entry of(RepositoryFile file) {
      return new Entry(
          file.path(), file.sizeBytes(), file.sha256(), file.gitSha1(), Optional.empty());
    }

    /** As another location announced it. */
    static Entry of(VerifiedFile file) {
      return new Entry(
          file.path(), file.sizeBytes(), file.sha256(), file.gitSha1(), file.verifiedBy());
    }

    /** As the hub client wants it. */
    public RepositoryFile remote() {
      return new RepositoryFile(path, sizeBytes, sha256, gitSha1);
    }
  }

  /** What the hub answered. */
  public static Listing of(CommitId commit, List<RepositoryFile> files) {
    return new Listing(commit, files.stream().map(Entry::of).toList());
  }

  /** What another location announced of a version. */
  public static Listing of(ModelVerified version) {
    return new Listing(version.commit(), version.files().stream().map(Entry::of).toList());
  }

  /** Keeps it with the job's work; replaces what was kept. */
  public void keep(FileCalls calls, Claim claim) throws IOException {
    claim.guard(
        () -> {
          Path temporary = claim.work().resolve(NAME + ".tmp");
          SafeFile.replace(calls, temporary, claim.work().resolve(NAME), Wire.write(this), 0644);
          return this;
        });
  }

  /** What was kept of this commit, if anything was. */
  public static Optional<Listing> kept(FileCalls calls, Claim claim, CommitId commit)
      throws IOException {
    try {
      byte[] json = SafeFile.read(calls, claim.work().resolve(NAME));
      return Optional.of(Wire.read(json, Listing.class)).filter(it -> it.commit().equals(commit));
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    } catch (UnreadablePayload e) {
      return Optional.empty();
    }
  }
}
