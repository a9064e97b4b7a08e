package io.modeldepot.downloader.hub;

import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import java.util.Optional;

/**
 * A file as a commit lists it. The path is what the hub says, unchecked: it may be hostile.
 *
 * @param path path in the repository
 * @param sizeBytes size of the content
 * @param sha256 of the content; stated for LFS files only
 * @param gitSha1 git blob id of the content; stated for the others only
 */
public record RepositoryFile(
    String path, long sizeBytes, Optional<Sha256> sha256, Optional<GitSha1> gitSha1) {
  public RepositoryFile {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("A file has no negative size");
    }
  }
}
