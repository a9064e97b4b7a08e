package io.modeldepot.mirror.pull;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.mirror.access.Caller;
import io.modeldepot.mirror.shelf.Arrivals;
import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.store.journal.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Asks for repositories that are not here. Safe for threads. */
@ApplicationScoped
public class PullThrough {
  private static final Logger LOG = Logger.getLogger(PullThrough.class);
  private static final Duration FOR_THE_BROKER = Duration.ofSeconds(5);

  private static final Pulled COMING = new Pulled.Coming(0, 0, Optional.empty());

  private final PullSettings settings;
  private final Instance<Announcer> announcer;
  private final Shelf shelf;
  private final boolean possible;
  private final Clock clock = Clock.systemUTC();
  private final Arrivals arrivals;
  private final Asks asks;

  @Inject
  PullThrough(
      PullSettings settings,
      Instance<Announcer> announcer,
      Shelf shelf,
      Arrivals arrivals,
      @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers) {
    this.settings = settings;
    this.announcer = announcer;
    this.shelf = shelf;
    this.arrivals = arrivals;
    this.asks = new Asks(settings.perHour());
    this.possible = brokers.filter(it -> !it.isBlank()).isPresent();
    if (settings.by() != PullSettings.Who.NOBODY && !possible) {
      throw new IllegalStateException(
          "DEPOT_MIRROR_PULL_BY needs a broker: name one with KAFKA_BOOTSTRAP_SERVERS.");
    }
  }

  /**
   * A repository was asked for that is not here. Of many callers within an hour one causes the
   * download, and none does while a download of it goes on, whoever asked for that.
   *
   * @param name as the caller wrote it
   */
  public Pulled ask(String name, Caller caller) {
    if (!mayPull(name, caller)) {
      return new Pulled.No();
    }
    RepositoryId repository = RepositoryId.of(name);
    Instant now = clock.instant();
    RequestId id =
        asks.known(repository, now).orElseGet(() -> Asks.id(shelf.location(), repository, now));
    return arrivals
        .running(repository, Optional.empty())
        .or(() -> arrivals.journal(id))
        .map(this::seen)
        .orElseGet(() -> request(repository));
  }

  /**
   * A revision was asked for that is not here. It is served if it is being downloaded, and never
   * asked for: a request that names a branch or a commit changes what the catalog wishes.
   *
   * @param name as the caller wrote it
   */
  public Pulled look(String name, String revision, Caller caller) {
    if (!mayPull(name, caller)) {
      return new Pulled.No();
    }
    return arrivals
        .running(RepositoryId.of(name), Optional.of(revision))
        .map(this::seen)
        .orElseGet(Pulled.No::new);
  }

  /**
   * The default revision was asked for while it is not known yet whether another location has it:
   * it is served if it is being downloaded, and else asked for later.
   *
   * @param name as the caller wrote it
   */
  public Pulled await(String name, Caller caller) {
    if (!mayPull(name, caller)) {
      return new Pulled.No();
    }
    return arrivals
        .running(RepositoryId.of(name), Optional.empty())
        .map(this::seen)
        .orElseGet(Pulled.NotNow::new);
  }

  private boolean mayPull(String name, Caller caller) {
    return possible && mayAsk(caller) && name.matches(RepositoryId.PATTERN);
  }

  private boolean mayAsk(Caller caller) {
    return switch (settings.by()) {
      case NOBODY -> false;
      case TOKENS -> caller == Caller.KNOWN;
      case EVERYONE -> true;
    };
  }

  private Pulled seen(Journal journal) {
    return switch (journal.state()) {
      case FAILED ->
          journal.problem().<Pulled>map(Pulled.Failed::new).orElseGet(() -> new Pulled.No());
      case CANCELLED, EXPIRED -> new Pulled.No();
      default ->
          new Pulled.Coming(journal.doneBytes(), journal.totalBytes(), arrivals.arriving(journal));
    };
  }

  private Pulled request(RepositoryId repository) {
    return switch (asks.wish(shelf.location(), repository, clock.instant())) {
      case Asks.Outcome.First(RequestId id) -> announce(repository, id);
      case Asks.Outcome.Again _ -> COMING;
      case Asks.Outcome.TooMany _ -> new Pulled.NotNow();
    };
  }

  private Pulled announce(RepositoryId repository, RequestId id) {
    try {
      var unused =
          announcer
              .get()
              .announce(Announcement.unkeyed(Topics.DOWNLOAD_REQUESTED, command(repository, id)))
              .get(FOR_THE_BROKER.toSeconds(), TimeUnit.SECONDS);
      LOG.infof("%s is not here and was asked for as %s", repository, id);
      return COMING;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("%s is not here, and could not be asked for: %s", repository, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    asks.forget(repository);
    return new Pulled.NotNow();
  }

  private DownloadRequested command(RepositoryId repository, RequestId id) {
    LocationName here = shelf.location();
    return new DownloadRequested(
        Optional.empty(),
        Optional.empty(),
        Optional.of(id),
        Optional.of(repository),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(here),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.of("mirror"));
  }
}
