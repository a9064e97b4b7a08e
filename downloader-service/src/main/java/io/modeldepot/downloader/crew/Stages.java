package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.AnnounceStage;
import io.modeldepot.downloader.fetch.FetchStage;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.preflight.Checker;
import io.modeldepot.downloader.preflight.Resolver;
import io.modeldepot.downloader.publish.PublishStage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Which stage does the work of which state. */
@ApplicationScoped
public class Stages implements StageOf {
  private final Resolver resolver;
  private final Checker checker;
  private final FetchStage fetch;
  private final PublishStage publish;
  private final AnnounceStage announce;

  @Inject
  Stages(
      Resolver resolver,
      Checker checker,
      FetchStage fetch,
      PublishStage publish,
      AnnounceStage announce) {
    this.resolver = resolver;
    this.checker = checker;
    this.fetch = fetch;
    this.publish = publish;
    this.announce = announce;
  }

  @Override
  public Optional<Stage> of(JobState state) {
    return switch (state) {
      case JobState.Resolving _ -> Optional.of(resolver);
      case JobState.Checking _ -> Optional.of(checker);
      case JobState.Transferring _ -> Optional.of(fetch);
      case JobState.Publishing _ -> Optional.of(publish);
      case JobState.Announcing _ -> Optional.of(announce);
      case JobState.Requested _, JobState.Waiting _, JobState.Joined _, JobState.Final _ ->
          Optional.empty();
    };
  }
}
