package io.modeldepot.downloader.publish;

import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.fetch.Fetcher;
import io.modeldepot.downloader.fetch.Listing;
import io.modeldepot.downloader.fetch.Listings;
import io.modeldepot.downloader.fetch.Manifests;
import io.modeldepot.downloader.fetch.Parts;
import io.modeldepot.downloader.fetch.Trouble;
import io.modeldepot.downloader.fetch.Whereabouts;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.transfer.TransferResult;
import io.modeldepot.downloader.trust.Trust;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.provenance.policy.Judgement;
import io.modeldepot.store.inspect.Inspection;
import io.modeldepot.store.inspect.ModelFiles;
import io.modeldepot.store.inspect.ModelInspector;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.publish.MissingContent;
import io.modeldepot.store.publish.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The work of {@code publishing}; from its start again after any end. */
@ApplicationScoped
public class PublishStage implements Stage {
  private static final Logger LOG = Logger.getLogger(PublishStage.class);

  private final VolumeKeeper volume;
  private final Listings listings;
  private final Fetcher fetcher;
  private final Publishing publishing;
  private final Trust trust;

  @Inject
  PublishStage(
      VolumeKeeper volume,
      Listings listings,
      Fetcher fetcher,
      KnownVersions known,
      Wishes wishes,
      Trust trust) {
    this.volume = volume;
    this.listings = listings;
    this.fetcher = fetcher;
    this.publishing = new Publishing(known, wishes, trust::sign);
    this.trust = trust;
  }

  @Override
  public void work(Turn turn) throws IOException, InterruptedException {
    if (!(turn.job().state() instanceof JobState.Publishing at)) {
      throw new IllegalStateException("Not publishing: " + turn.job().state());
    }
    Shelf shelf = volume.await();
    Optional<Listing> listing = listings.of(turn, shelf, at.at());
    if (listing.isEmpty()) {
      return;
    }
    Map<String, Path> where = Whereabouts.of(turn, shelf, at.at());
    Judgement judgement = trust.judge(turn.job().model(), where);
    Manifest described =
        Manifests.of(
                turn.job(),
                at.at(),
                listing.get(),
                profile(turn.job(), where).map(judgement::in),
                Instant.now())
            .withScan(judgement.scan());
    Manifest manifest =
        described.withUpstreamSignature(
            trust.publishers().look(Manifests.whole(shelf, described), where));
    try {
      Publication unused = publishing.publish(turn, shelf, manifest, Whereabouts.parts(turn));
    } catch (MissingContent e) {
      fetchLost(turn, shelf, at.at(), e.files());
      return;
    }
    LOG.infof("Published %s@%s", manifest.model(), manifest.commit());
    turn.happen(new JobEvent.Published());
  }

  /** What all files of the version say, those that were here before and those that came in. */
  private static Optional<ModelProfile> profile(Job job, Map<String, Path> where) {
    try {
      Inspection inspection = ModelInspector.inspect(ModelFiles.of(where));
      inspection
          .findings()
          .forEach(it -> LOG.warnf("%s: %s: %s", job.model(), it.path(), it.problem()));
      return Optional.of(inspection.profile());
    } catch (IOException e) {
      LOG.warnf("The files of %s could not be inspected: %s", job.model(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Somebody removed what was to be reused: it is fetched, and publishing begins again. */
  private void fetchLost(Turn turn, Shelf shelf, CommitId commit, List<ManifestFile> lost)
      throws IOException {
    Set<String> paths = lost.stream().map(ManifestFile::path).collect(Collectors.toSet());
    LOG.warnf("%d files that were here are gone and are fetched: %s", paths.size(), paths);
    turn.note(
        job -> {
          List<JournalFile> files = new ArrayList<>();
          for (JournalFile file : job.files()) {
            files.add(paths.contains(file.path()) ? Parts.lost(file, files.size() + 1) : file);
          }
          return job.withFiles(files);
        });
    TransferResult result = fetcher.fetch(turn, shelf, commit);
    if (!result.allVerified() && !turn.stop().isCancelled()) {
      turn.happen(
          Trouble.later(
              Problem.of(
                  ProblemCode.HUB_UNREACHABLE,
                  "Files that were on the volume are gone; they could not be fetched yet."),
              WaitingFor.HUB,
              turn.job(),
              Bytes.NONE_CAME,
              Optional.empty()));
    }
  }
}
