package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.HubFailure.Evidence;
import io.modeldepot.downloader.hub.HubHttp.Answer;
import io.modeldepot.downloader.hub.HubResult.Failed;
import io.modeldepot.downloader.hub.HubResult.Found;
import io.modeldepot.downloader.hub.Refusals.About;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.hub.document.EntryType;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.MalformedDocument;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.NextPage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a commit's listing, page after page. The link to the next page is taken as path and query
 * only and put on the endpoint that was asked, as a mirror's link may name the origin.
 */
final class TreeReader {
  private static final int MOST_PAGES = 2_000;

  private final HubHttp http;
  private final int maxFiles;

  TreeReader(HubHttp http, int maxFiles) {
    this.http = http;
    this.maxFiles = maxFiles;
  }

  HubResult<List<RepositoryFile>> files(
      Endpoint endpoint, RepositoryId repository, CommitId commit, CancelToken cancel)
      throws IOException {
    String subject = repository + "@" + commit;
    List<RepositoryFile> files = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    Set<URI> visited = new HashSet<>();
    Optional<URI> page = Optional.of(endpoint.urls().tree(repository.value(), commit.value()));
    while (page.isPresent()) {
      URI address = page.get();
      if (!visited.add(address) || visited.size() > MOST_PAGES) {
        return inconsistent(endpoint, "The pages of " + subject + " go in a circle.");
      }
      try (Answer answer = http.follow(endpoint, "GET", address, List.of(), cancel)) {
        if (answer.response().code() != 200) {
          return new Failed<>(Refusals.of(answer.response(), endpoint, About.REVISION, subject));
        }
        for (TreeEntry entry : HubJson.readEntries(HubClient.document(answer.response()))) {
          if (entry.type() != EntryType.FILE) {
            continue;
          }
          if (!paths.add(entry.path())) {
            return inconsistent(endpoint, "The hub lists a path of " + subject + " twice.");
          }
          files.add(file(entry));
          if (files.size() > maxFiles) {
            return new Failed<>(
                new HubFailure.TooLarge(
                    subject + " has more than " + maxFiles + " files.", evidence(endpoint)));
          }
        }
        page =
            NextPage.of(address, answer.response().headers(HubHeaders.LINK))
                .map(next -> onEndpoint(address, next));
      } catch (MalformedDocument | IllegalArgumentException e) {
        return HubClient.malformed(endpoint, subject);
      }
    }
    return new Found<>(List.copyOf(files));
  }

  private static RepositoryFile file(TreeEntry entry) {
    return new RepositoryFile(
        entry.path(),
        entry.contentBytes(),
        entry.sha256().map(Sha256::of),
        entry.gitSha1().map(GitSha1::of));
  }

  private static URI onEndpoint(URI asked, URI next) {
    String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
    return URI.create(
        asked.getScheme() + "://" + asked.getRawAuthority() + next.getRawPath() + query);
  }

  private static <T> HubResult<T> inconsistent(Endpoint endpoint, String detail) {
    return new Failed<>(new HubFailure.Inconsistent(detail, evidence(endpoint)));
  }

  private static Evidence evidence(Endpoint endpoint) {
    return new Evidence(endpoint.toString(), Optional.of(200), Optional.empty());
  }
}
