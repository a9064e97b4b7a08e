package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.HubHttp.Answer;
import io.modeldepot.downloader.hub.HubResult.Failed;
import io.modeldepot.downloader.hub.HubResult.Found;
import io.modeldepot.downloader.hub.Refusals.About;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.hub.address.ChunkListAddress;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks mirrors of this site for the list of the pieces of a file; a hub has none. */
record ChunkListQuestion(HubHttp http, Endpoints endpoints, Nearby near, CommitId commit) {

  /**
   * @param used gets the mirror that answered
   */
  HubResult<byte[]> ask(RepositoryFile file, Set<Endpoint> used, CancelToken cancel) {
    List<Endpoint> mirrors = near.mirrors().get();
    return endpoints.ask(
        new Endpoints.Round(mirrors, Optional.empty(), false),
        cancel,
        endpoint -> {
          HubResult<byte[]> result = askAt(endpoint, file, cancel);
          if (result instanceof Found) {
            used.add(endpoint);
          }
          return result;
        });
  }

  private HubResult<byte[]> askAt(Endpoint endpoint, RepositoryFile file, CancelToken cancel)
      throws IOException {
    URI address =
        new ChunkListAddress(near.name(), commit.value(), file.path()).at(endpoint.urls());
    try (Answer answer = http.follow(endpoint, "GET", address, List.of(), cancel)) {
      return answer.response().code() == 200
          ? new Found<>(HubClient.document(answer.response()))
          : new Failed<>(
              Refusals.of(
                  answer.response(), endpoint, About.FILE, near.name() + ":" + file.path()));
    }
  }
}
