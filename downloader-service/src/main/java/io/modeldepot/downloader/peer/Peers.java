package io.modeldepot.downloader.peer;

import io.modeldepot.downloader.hub.Endpoint;
import io.modeldepot.downloader.hub.Nearby;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.state.StateTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The other locations of this site. Safe for threads. */
@ApplicationScoped
public class Peers {
  private static final Logger LOG = Logger.getLogger(Peers.class);

  private final VolumeKeeper volume;
  private final PeerSettings settings;
  private final Holdings holdings;
  private final Turns turns;
  private final Distrust distrust;
  private final List<StateTopicReader<?>> readers = new ArrayList<>();

  @Inject
  Peers(VolumeKeeper volume, PeerSettings settings) {
    this(volume, settings, Timekeeper.system());
  }

  /** Peers in a time of their own. */
  public Peers(VolumeKeeper volume, PeerSettings settings, Timekeeper time) {
    this.volume = volume;
    this.settings = settings;
    this.holdings = new Holdings(volume.location(), settings.silence(), time::now);
    this.turns = new Turns(volume.location(), time::now);
    this.distrust = new Distrust(settings.distrust(), time);
  }

  /** Reads with the others. */
  public void join(StateTopics topics) {
    if (!settings.use()) {
      return;
    }
    readers.add(topics.read(Topics.MODEL_VERIFIED, ModelVerified.class, holdings::verified));
    readers.add(topics.read(Topics.STORAGE_REPORTED, StorageReported.class, holdings::reported));
    readers.add(topics.read(Topics.DOWNLOAD_PROGRESSED, DownloadProgressed.class, turns::heard));
  }

  /** Whether everything was read that was there at the start. */
  public boolean isComplete() {
    return readers.stream().allMatch(StateTopicReader::isCaughtUp);
  }

  /** What another location says of a version that is present there. */
  public Optional<ModelVerified> holding(ModelName model, CommitId commit) {
    return holdings.present(model, commit);
  }

  /** Where a file of a version is within this site. */
  public Nearby near(ModelName model, CommitId commit, String path) {
    return new Nearby(model.value(), () -> mirrors(model, commit, path));
  }

  /**
   * The location that asks the hub for this version, if that is another one and it is at work: then
   * its copy is worth waiting for.
   *
   * @param askedAt when this location was asked for it
   */
  public Optional<LocationName> ahead(ModelDescribed entry, Instant askedAt) {
    List<LocationName> alive = holdings.alive().stream().map(StorageReported::location).toList();
    return turns.ahead(entry, alive, askedAt);
  }

  /** These mirrors sent bytes that are not what they should be. */
  public void distrust(Collection<Endpoint> mirrors) {
    for (Endpoint mirror : mirrors) {
      LOG.warnf(
          "The mirror %s sent wrong bytes; it is not asked for %s.", mirror, settings.distrust());
      distrust.of(mirror);
    }
  }

  /** Every location begins with another one, so that the first by name does not serve them all. */
  private List<Endpoint> mirrors(ModelName model, CommitId commit, String path) {
    List<Endpoint> mirrors = new ArrayList<>();
    for (StorageReported at : holdings.having(model, commit, path)) {
      for (String url : at.mirrorUrls()) {
        endpoint(at.location(), url).filter(distrust::spares).ifPresent(mirrors::add);
      }
    }
    if (!mirrors.isEmpty()) {
      int first = Math.floorMod((volume.location() + "/" + path).hashCode(), mirrors.size());
      Collections.rotate(mirrors, -first);
    }
    return List.copyOf(mirrors);
  }

  private static Optional<Endpoint> endpoint(LocationName location, String url) {
    try {
      return Optional.of(Endpoint.of(url));
    } catch (IllegalArgumentException e) {
      LOG.debugf("Location %s reports a mirror address that is none: %s", location, e.getMessage());
      return Optional.empty();
    }
  }
}
