package io.modeldepot.simulation.service;

import io.modeldepot.downloader.announce.AnnounceStage;
import io.modeldepot.downloader.announce.JobTeller;
import io.modeldepot.downloader.announce.VersionAnnouncer;
import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.catalog.JanitorNews;
import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.crew.Follower;
import io.modeldepot.downloader.crew.JobBoard;
import io.modeldepot.downloader.crew.JobSettings;
import io.modeldepot.downloader.crew.Watching;
import io.modeldepot.downloader.crew.Workers;
import io.modeldepot.downloader.intake.JobDesk;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.peer.PeerSettings;
import io.modeldepot.downloader.peer.Peers;
import io.modeldepot.downloader.preflight.Neighbours;
import io.modeldepot.downloader.preflight.PreflightSettings;
import io.modeldepot.downloader.preflight.Resolver;
import io.modeldepot.downloader.publish.Publishing;
import io.modeldepot.downloader.publish.Wishes;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.state.SignatureStatus;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.kit.announce.Announcing;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.Origin;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.simulation.broker.Broker;
import io.modeldepot.simulation.time.Process;
import io.modeldepot.simulation.time.Task;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A downloader: intake, board, runs, resolving, publishing, announcing, following and what it knows
 * are the product's; checking and the transfer are {@link Stages}.
 */
final class DownloaderServer extends Server {
  private static final String GROUP = "downloader";

  DownloaderServer(World world, Site site, String instance) {
    super(world, site, instance);
  }

  @Override
  void begin() {
    spawn("start", this::open);
  }

  private void open() {
    Process mine = process();
    Timekeeper time = time();
    ClaimTimes times = new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    VolumeKeeper volume =
        new VolumeKeeper(
            site.root(),
            site.name(),
            (root, seen) -> {
              ModelStore store =
                  ModelStore.open(root, seen, clock(), world.broken().calls(calls()));
              Claims claims = new Claims(store.volume(), instance, times, ticks());
              beat(claims, times.beat());
              return new Shelf(store, claims);
            });
    while (volume.look().isEmpty()) {
      world.timeline().pause(mine, Duration.ofSeconds(1));
    }
    Topics topics = new Topics(world);
    Announcing announcing = announcing();
    Catalog catalog = new Catalog();
    KnownVersions known = new KnownVersions(volume);
    JanitorNews news = new JanitorNews(volume, known);
    Wishes wishes = new Wishes(catalog, known);
    VersionAnnouncer announcer =
        new VersionAnnouncer(volume, known, announcing, new NothingToSee());
    JobTeller teller = new JobTeller(announcing, clock());
    Resolver resolver =
        new Resolver(
            catalog,
            volume,
            world.hub(),
            wishes,
            new Neighbours(),
            (turn, shelf, source) -> {
              throw new IOException("Nothing comes from directories here.");
            },
            new Patient(),
            new Peers(volume, new Alone(), time),
            time);
    Publishing publishing = new Publishing(known, wishes, (shelf, claim, manifest) -> {});
    Stages stages =
        new Stages(world, mine, volume, publishing, world.broken().early(announcing), time);
    AnnounceStage announce = new AnnounceStage(volume, announcer, () -> {});
    JobBoard board =
        new JobBoard(
            volume,
            () -> catalog.isComplete() && known.isComplete(),
            state -> stage(state, resolver, stages, announce),
            job -> resolver.entry(job).isPresent(),
            teller,
            new Uncounted(),
            Tracing.passingOn(),
            new Settings(),
            time,
            workers());
    JobDesk desk =
        new JobDesk(volume, board, teller, new ServiceIdentity("downloader", instance, "0"), time);
    Follower follower =
        new Follower(
            volume, catalog, known, news, wishes, announcer, () -> {}, Duration.ofHours(6), time);
    catalog.follow(follower::changed);
    if (!world.broken().isDeaf()) {
      news.follow(
          model -> {
            world.note(this, "hears that " + model + " changed");
            follower.announce(model);
          });
    }
    catalog.join(topics);
    known.join(topics);
    news.join(topics);
    spawn(
        "topics",
        () -> {
          while (true) {
            topics.poll();
            world.timeline().pause(mine, world.soon(1_000));
          }
        });
    spawn(
        "board",
        () -> {
          while (true) {
            try {
              board.look();
            } catch (IOException e) {
              world.note(this, "looks again: " + e.getMessage());
            }
            world.timeline().pause(mine, world.lookEvery());
          }
        });
    spawn("intake", () -> takeIn(mine, desk));
    spawn("follower", follower::keepFollowing);
  }

  private static Optional<Stage> stage(
      JobState state, Resolver resolver, Stages stages, AnnounceStage announce) {
    return switch (state) {
      case JobState.Resolving _ -> Optional.of(resolver);
      case JobState.Checking _ -> Optional.of(stages::check);
      case JobState.Transferring _ -> Optional.of(stages::fetch);
      case JobState.Publishing _ -> Optional.of(stages::publish);
      case JobState.Announcing _ -> Optional.of(announce);
      case JobState.Requested _, JobState.Waiting _, JobState.Joined _, JobState.Final _ ->
          Optional.empty();
    };
  }

  /** One record after the other, committed when it is durable. */
  private void takeIn(Process mine, JobDesk desk) throws InterruptedException {
    String group = GROUP + "/" + site.name();
    while (true) {
      Optional<Broker.Entry> next =
          world.assigned(group, this)
              ? world
                  .broker()
                  .from(
                      io.modeldepot.events.topic.Topics.DOWNLOAD_REQUESTED,
                      world
                          .broker()
                          .committed(group, io.modeldepot.events.topic.Topics.DOWNLOAD_REQUESTED))
              : Optional.empty();
      if (next.isEmpty() || world.broker().isAway()) {
        world.timeline().pause(mine, world.soon(1_500));
        continue;
      }
      Broker.Entry entry = next.get();
      int life = world.broker().life();
      world.broken().beforeIntake(group, entry);
      DownloadRequested command =
          (DownloadRequested) entry.value().orElseThrow(IllegalStateException::new);
      try {
        JobDesk.Answer unused =
            desk.take(
                new CommandEnvelope<>(
                    command.requestId().orElseThrow(),
                    command,
                    Duration.ofDays(1),
                    Optional.empty(),
                    new Origin("download-requested", 0, entry.offset(), entry.at())));
        if (life == world.broker().life() && world.assigned(group, this)) {
          world
              .broker()
              .commit(
                  group, io.modeldepot.events.topic.Topics.DOWNLOAD_REQUESTED, entry.offset() + 1);
        }
      } catch (IOException e) {
        world.timeline().pause(mine, Duration.ofSeconds(1));
      }
    }
  }

  private Workers workers() {
    return (name, work) ->
        new Workers.Worker() {
          @Override
          public void start() {
            Task unused = spawn(name, work::run);
          }

          @Override
          public boolean join(Duration patience) {
            throw new UnsupportedOperationException();
          }
        };
  }

  /** Signatures and text files are nobody's business here. */
  private static final class NothingToSee implements VersionAnnouncer.Inspecting {
    @Override
    public Signature signature(Shelf shelf, Manifest manifest) {
      return new Signature(SignatureStatus.NONE, Optional.empty());
    }

    @Override
    public Optional<UpstreamSignature> upstream(Shelf shelf, Manifest manifest) {
      return Optional.empty();
    }

    @Override
    public Optional<Reading> reading(Shelf shelf, Manifest manifest) {
      return Optional.empty();
    }
  }

  private static final class Uncounted implements Watching {
    @Override
    public void running(Collection<Job> jobs) {}

    @Override
    public void ended(Job job, JobState.Final state) {}
  }

  private static final class Settings implements JobSettings {
    @Override
    public int slots() {
      return 1_000;
    }

    @Override
    public Duration lookEvery() {
      return Duration.ofSeconds(1);
    }
  }

  private static final class Alone implements PeerSettings {
    @Override
    public boolean use() {
      return false;
    }

    @Override
    public Duration silence() {
      return Duration.ofMinutes(3);
    }

    @Override
    public Duration distrust() {
      return Duration.ofHours(1);
    }
  }

  private static final class Patient implements PreflightSettings {
    @Override
    public Optional<List<Path>> importRoots() {
      return Optional.empty();
    }

    @Override
    public Optional<List<String>> refusedLicences() {
      return Optional.empty();
    }

    @Override
    public Duration catalogPatience() {
      return Duration.ofMinutes(5);
    }
  }
}
