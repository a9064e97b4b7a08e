package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import java.util.List;

/** What is asked of a hub about a repository; see {@link HubClient}. */
public interface Hub {
  /** What a branch, tag or commit stands for now. */
  HubResult<RepositoryRevision> revision(
      RepositoryId repository, String revision, CancelToken cancel);

  /** Every file of a commit. */
  HubResult<List<RepositoryFile>> files(
      RepositoryId repository, CommitId commit, CancelToken cancel);
}
