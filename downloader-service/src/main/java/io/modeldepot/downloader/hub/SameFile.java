package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.FileAnswer.Difference;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.hub.header.HubHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Response;

/**
 * Whether answers still speak of the file that a commit listed. Every endpoint is held to the first
 * tag that it gave. Safe for threads.
 */
final class SameFile {
  private final String subject;
  private final CommitId commit;
  private final RepositoryFile file;
  private final Map<Endpoint, EntityTag> firstTags = new ConcurrentHashMap<>();

  /**
   * @param subject what the file is called in failures
   */
  SameFile(String subject, CommitId commit, RepositoryFile file) {
    this.subject = subject;
    this.commit = commit;
    this.file = file;
  }

  /** What the hub itself (not the storage behind it) says now against what it said before. */
  Optional<HubFailure> contradiction(Response response, Endpoint endpoint) {
    String commitNow = Refusals.header(response, HubHeaders.REPO_COMMIT);
    if (!commitNow.isEmpty() && !commitNow.equals(commit.value())) {
      return Optional.of(
          new HubFailure.Inconsistent(
              "The hub answers for another commit than " + commit + ".",
              Refusals.evidence(response, endpoint.toString())));
    }
    Optional<HubFailure> difference = difference(response, endpoint.toString());
    if (difference.isPresent()) {
      return difference;
    }
    return FileAnswer.etag(response)
        .flatMap(
            tag -> {
              EntityTag first = firstTags.putIfAbsent(endpoint, tag);
              return first == null || first.value().equals(tag.value())
                  ? Optional.empty()
                  : Optional.of(changed(response, endpoint.toString(), first.value(), tag.value()));
            });
  }

  /** What its headers say against what the commit listed. */
  Optional<HubFailure> difference(Response response, String who) {
    return FileAnswer.difference(response, file)
        .map((Difference d) -> changed(response, who, d.expected(), d.actual()));
  }

  private HubFailure changed(Response response, String who, String expected, String actual) {
    return new HubFailure.Changed(
        subject + " is not the file any more that the commit listed.",
        Refusals.evidence(response, who),
        expected,
        actual);
  }
}
