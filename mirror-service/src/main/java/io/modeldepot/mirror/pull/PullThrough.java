package io.modeldepot.mirror.pull;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.mirror.access.Caller;
import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.store.journal.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final Duration KEPT = Duration.ofHours(1);

  private final PullSettings settings;
  private final Instance<Announcer> announcer;
  private final Shelf shelf;
  private final boolean possible;
  private final Clock clock = Clock.systemUTC();
  private final Map<RequestId, Instant> asked = new HashMap<>();

  @Inject
  PullThrough(
      PullSettings settings,
      Instance<Announcer> announcer,
      Shelf shelf,
      @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers) {
    this.settings = settings;
    this.announcer = announcer;
    this.shelf = shelf;
    this.possible = brokers.filter(it -> !it.isBlank()).isPresent();
    if (settings.by() != PullSettings.Who.NOBODY && !possible) {
      throw new IllegalStateException(
          "DEPOT_MIRROR_PULL_BY needs a broker: name one with KAFKA_BOOTSTRAP_SERVERS.");
    }
  }

  /**
   * A repository was asked for that is not here. Of many callers within an hour one causes the
   * download: the command's id is made of the repository and the hour, so several mirrors ask once
   * too.
   *
   * @param name as the caller wrote it
   */
  public Pulled ask(String name, Caller caller) {
    if (!possible || !mayAsk(caller) || !name.matches(RepositoryId.PATTERN)) {
      return new Pulled.No();
    }
    RepositoryId repository = RepositoryId.of(name);
    RequestId id = id(repository);
    Optional<Journal> journal = shelf.journal(id);
    return journal.map(PullThrough::seen).orElseGet(() -> request(repository, id));
  }

  private boolean mayAsk(Caller caller) {
    return switch (settings.by()) {
      case NOBODY -> false;
      case TOKENS -> caller == Caller.KNOWN;
      case EVERYONE -> true;
    };
  }

  private RequestId id(RepositoryId repository) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    String name = shelf.location() + "|" + repository + "|" + hour;
    return RequestId.of("m-" + Sha256.ofText(name).value().substring(0, 32));
  }

  private static Pulled seen(Journal journal) {
    return switch (journal.state()) {
      case FAILED ->
          journal.problem().<Pulled>map(Pulled.Failed::new).orElseGet(() -> new Pulled.No());
      case CANCELLED, EXPIRED -> new Pulled.No();
      default -> new Pulled.Coming(journal.doneBytes(), journal.totalBytes());
    };
  }

  private Pulled request(RepositoryId repository, RequestId id) {
    synchronized (asked) {
      Instant now = clock.instant();
      asked.values().removeIf(it -> it.plus(KEPT).isBefore(now));
      if (asked.containsKey(id)) {
        return new Pulled.Coming(0, 0);
      }
      if (asked.size() >= settings.perHour()) {
        return new Pulled.NotNow();
      }
      asked.put(id, now);
    }
    try {
      var unused =
          announcer
              .get()
              .announce(Announcement.unkeyed(Topics.DOWNLOAD_REQUESTED, command(repository, id)))
              .get(FOR_THE_BROKER.toSeconds(), TimeUnit.SECONDS);
      LOG.infof("%s is not here and was asked for as %s", repository, id);
      return new Pulled.Coming(0, 0);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("%s is not here, and could not be asked for: %s", repository, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (asked) {
      asked.remove(id);
    }
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
