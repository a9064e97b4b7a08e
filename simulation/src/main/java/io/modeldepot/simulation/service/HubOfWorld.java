package io.modeldepot.simulation.service;

import io.modeldepot.downloader.hub.Endpoint;
import io.modeldepot.downloader.hub.Hub;
import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.hub.RepositoryRevision;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.simulation.content.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hub whose branches move and which does not always answer. */
public final class HubOfWorld implements Hub {
  private static final Endpoint ENDPOINT = Endpoint.of("https://hub.invalid");

  private final World world;
  private final Map<String, Integer> heads = new HashMap<>();
  private final Map<CommitId, At> commits = new HashMap<>();

  /** A commit. */
  record At(String model, int number) {}

  HubOfWorld(World world, List<String> models) {
    this.world = world;
    for (String model : models) {
      heads.put(model, 0);
      for (int number = 0; number < Content.COMMITS; number++) {
        commits.put(Content.commit(model, number), new At(model, number));
      }
    }
  }

  /** The branch of a model moves on. */
  void move(String model) {
    heads.merge(model, 1, (old, one) -> Math.min(Content.COMMITS - 1, old + one));
  }

  /** Which number a commit has; -1 if there is none like it. */
  public int number(CommitId commit) {
    At at = commits.get(commit);
    return at == null ? -1 : at.number();
  }

  List<RepositoryFile> filesOf(CommitId commit) {
    At at = at(commit);
    return Content.files(at.model(), at.number());
  }

  Content.Known file(CommitId commit, String path) {
    At at = at(commit);
    return Content.file(at.model(), at.number(), path);
  }

  private At at(CommitId commit) {
    return Optional.ofNullable(commits.get(commit)).orElseThrow();
  }

  @Override
  public HubResult<RepositoryRevision> revision(
      RepositoryId repository, String revision, CancelToken cancel) {
    if (world.mischief() && world.chance().percent(10)) {
      return new HubResult.Failed<>(
          new HubFailure.Unavailable(
              "no answer",
              new HubFailure.Evidence("https://hub.invalid", Optional.of(503), Optional.empty()),
              Optional.empty()));
    }
    String model = repository.value().substring(repository.value().indexOf('/') + 1);
    CommitId commit =
        revision.length() == 40
            ? CommitId.of(revision)
            : Content.commit(model, heads.getOrDefault(model, 0));
    return new HubResult.Found<>(
        new RepositoryRevision(
            repository, revision, commit, Optional.empty(), Optional.empty(), false, ENDPOINT));
  }

  @Override
  public HubResult<List<RepositoryFile>> files(
      RepositoryId repository, CommitId commit, CancelToken cancel) {
    return new HubResult.Found<>(filesOf(commit));
  }
}
