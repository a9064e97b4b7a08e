package io.modeldepot.downloader.announce;

import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.trust.Trust;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcing;
import io.modeldepot.store.inspect.ModelFiles;
import io.modeldepot.store.inspect.ModelInspector;
import io.modeldepot.store.integrity.Rescan.ModelOnVolume;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/** Announces what the volume has. Announcing twice is announcing once. Safe for threads. */
@ApplicationScoped
public class VersionAnnouncer {
  private static final Logger LOG = Logger.getLogger(VersionAnnouncer.class);

  private final VolumeKeeper volume;
  private final KnownVersions known;
  private final Announcing announcer;
  private final Inspecting inspecting;

  @Inject
  VersionAnnouncer(VolumeKeeper volume, KnownVersions known, Announcing announcer, Trust trust) {
    this(
        volume,
        known,
        announcer,
        new Inspecting() {
          @Override
          public Signature signature(Shelf shelf, Manifest manifest) throws IOException {
            return trust.check(shelf, manifest);
          }

          @Override
          public Optional<UpstreamSignature> upstream(Shelf shelf, Manifest manifest)
              throws IOException {
            return trust.publishers().onVolume(shelf, manifest);
          }

          @Override
          public Optional<Reading> reading(Shelf shelf, Manifest manifest) {
            return read(shelf, manifest);
          }
        });
  }

  /** An announcer that looks into versions in a way of its own. */
  public VersionAnnouncer(
      VolumeKeeper volume, KnownVersions known, Announcing announcer, Inspecting inspecting) {
    this.volume = volume;
    this.known = known;
    this.announcer = announcer;
    this.inspecting = inspecting;
  }

  /** What is to be seen in the files of a version. */
  public interface Inspecting {
    /** What the signature beside it says. */
    Signature signature(Shelf shelf, Manifest manifest) throws IOException;

    /** What its publisher's signature says, if it has one. */
    Optional<UpstreamSignature> upstream(Shelf shelf, Manifest manifest) throws IOException;

    /** What its text files say, where they can be read. */
    Optional<Reading> reading(Shelf shelf, Manifest manifest);
  }

  /** Announces a model as it is. */
  public void announce(Shelf shelf, ModelName model) throws IOException, InterruptedException {
    announce(shelf, model, commit -> List.of());
  }

  /** Announces a model as it is, and whom one of its versions answers. */
  public void announce(Shelf shelf, ModelName model, CommitId answered, List<RequestId> requestIds)
      throws IOException, InterruptedException {
    announce(shelf, model, commit -> commit.equals(answered) ? requestIds : List.of());
  }

  /** Announces every model of the location, those too that only the topic knows. */
  public void announceAll(Shelf shelf) throws IOException, InterruptedException {
    Set<ModelName> models = new LinkedHashSet<>(shelf.store().rescan().models());
    models.addAll(known.models());
    for (ModelName model : models) {
      announce(shelf, model);
    }
    LOG.infof("Announced %d models of location %s", models.size(), volume.location());
  }

  private void announce(Shelf shelf, ModelName model, VersionRecords.Requesters requesters)
      throws IOException, InterruptedException {
    ModelOnVolume before = shelf.store().rescan().model(model);
    while (true) {
      before.problems().forEach(problem -> LOG.warnf("%s: %s", model, problem));
      publish(
          VersionRecords.of(
              volume.location(),
              before,
              known.of(model),
              requesters,
              manifest ->
                  new VersionRecords.Signed(
                      inspecting.signature(shelf, manifest), inspecting.upstream(shelf, manifest)),
              manifest -> inspecting.reading(shelf, manifest)));
      ModelOnVolume after = shelf.store().rescan().model(model);
      if (after.equals(before)) {
        return;
      }
      before = after;
    }
  }

  /** Read at every announcing, so that versions of any age and origin have one. */
  private static Optional<Reading> read(Shelf shelf, Manifest manifest) {
    Path tree = shelf.store().layout().tree(manifest.model(), manifest.commit());
    List<String> present = manifest.presentFiles().stream().map(ManifestFile::path).toList();
    try {
      return Optional.of(ModelInspector.read(ModelFiles.under(tree, present)));
    } catch (IOException e) {
      LOG.warnf(
          "The text files of %s@%s cannot be read: %s",
          manifest.model(), manifest.commit(), e.getMessage());
      return Optional.empty();
    }
  }

  private void publish(List<ModelVerified> records) throws IOException, InterruptedException {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (ModelVerified it : records) {
      String key = it.location() + "/" + it.model() + "/" + it.commit();
      sent.add(announcer.announce(Topics.MODEL_VERIFIED, key, it));
    }
    for (CompletableFuture<?> one : sent) {
      acknowledged(one);
    }
  }

  /** Waits for the broker. */
  static void acknowledged(CompletableFuture<?> sent) throws IOException, InterruptedException {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new BrokerAway(e.getCause());
    }
  }
}
