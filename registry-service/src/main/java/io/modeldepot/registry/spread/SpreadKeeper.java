package io.modeldepot.registry.spread;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.SpreadPolicy;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.capacity.Storages;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.downloads.Requests;
import io.modeldepot.registry.intake.StateIntake;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that every model is at its locations: writes the assignment into the entries, and asks
 * for a copy where an entry's living location has not got the version that the others have. Looks
 * again and again, so whatever was missed or failed is done later.
 */
@ApplicationScoped
class SpreadKeeper {
  private static final Logger LOG = Logger.getLogger(SpreadKeeper.class);
  private static final int LAST = 2200;
  private static final String ACTOR = "spread";

  private final StateIntake intake;
  private final Placements placements;
  private final Storages storages;
  private final Catalog catalog;
  private final Requests requests;
  private final Copies copies;
  private final SpreadSettings settings;
  private final InstantSource clock;

  /** Asked and answered last; the same again needs no answer. */
  private volatile @Nullable Question answered;

  private final CountDownLatch stopping = new CountDownLatch(1);

  private record Question(List<Place> places, List<Load> loads) {}

  SpreadKeeper(
      StateIntake intake,
      Placements placements,
      Storages storages,
      Catalog catalog,
      Requests requests,
      Copies copies,
      SpreadSettings settings,
      InstantSource clock) {
    this.intake = intake;
    this.placements = placements;
    this.storages = storages;
    this.catalog = catalog;
    this.requests = requests;
    this.copies = copies;
    this.settings = settings;
    this.clock = clock;
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    Thread.ofVirtual().name("spread").start(this::keepLooking);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void keepLooking() {
    try {
      while (!stopping.await(settings.every().toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.warnf("Models could not be spread over locations this time: %s", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once; nothing if another registry does it, or not everything is known yet. */
  void look() {
    if (!intake.caughtUp() || !placements.areKnown()) {
      return;
    }
    Instant since = clock.instant().minus(settings.lostAfter());
    List<StorageReported> alive =
        storages.all().stream().filter(at -> at.reportedAt().isAfter(since)).toList();
    if (alive.isEmpty()) {
      return;
    }
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              if (copies.alone()) {
                spread(alive);
              }
            });
  }

  private void spread(List<StorageReported> alive) {
    Set<String> names = alive.stream().map(at -> at.location().value()).collect(Collectors.toSet());
    assign(alive, names);
    Instant failedSince = clock.instant().minus(settings.again());
    for (Copies.Lacking lacking : copies.lacking(names)) {
      if (!copies.busy(lacking.model(), lacking.location(), failedSince)) {
        boolean unused = requests.ask(replica(lacking), Ids.request(), origin("copy"));
      }
    }
  }

  private void assign(List<StorageReported> alive, Set<String> names) {
    Map<String, Long> sizes = copies.sizes(names);
    List<Load> loads =
        catalog.spread().stream()
            .flatMap(entry -> load(entry, alive.size(), sizes).stream())
            .toList();
    List<Place> places =
        alive.stream().map(at -> new Place(at.location().value(), room(at))).toList();
    Question question = new Question(places, loads);
    if (question.equals(answered)) {
      return;
    }
    Assignment assignment = Assignment.of(places, loads);
    assignment
        .without()
        .forEach((model, count) -> LOG.warnf("%d copies of %s fit nowhere.", count, model));
    for (Load load : loads) {
      List<String> now = assignment.of(load.model());
      if (!now.isEmpty() && !Set.copyOf(now).equals(Set.copyOf(load.now()))) {
        write(load.model(), now);
      }
    }
    answered = question;
  }

  private Optional<Load> load(ModelDescribed entry, int alive, Map<String, Long> sizes) {
    String model = entry.model().value();
    Spread spread = entry.spread().orElseThrow();
    int asked = spread.copies().orElse(1);
    Set<String> near = spread.policy() == SpreadPolicy.NEAR ? placements.of(model) : Set.of();
    Optional<Integer> count =
        switch (spread.policy()) {
          case COPIES, NEAR -> Optional.of(asked);
          case ALL -> Optional.of(alive);
          case NAMED, UNKNOWN -> Optional.empty();
        };
    List<String> now = entry.locations().stream().map(LocationName::value).toList();
    return count.map(it -> new Load(model, sizes.getOrDefault(model, 0L), it, near, now));
  }

  private long room(StorageReported at) {
    return (long) (at.capacityBytes() * settings.fill());
  }

  private void write(String model, List<String> locations) {
    ModelDescribed unused =
        catalog.assign(
            ModelName.of(model),
            locations.stream().map(LocationName::of).toList(),
            origin("assign-" + model));
  }

  private static DownloadRequested replica(Copies.Lacking lacking) {
    return new DownloadRequested(
        Optional.of(ModelName.of(lacking.model())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(lacking.commit().value()),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(LocationName.of(lacking.location())),
        Optional.of(DownloadSource.REPLICA),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.of(ACTOR));
  }

  private static Origin origin(String what) {
    return new Origin(ACTOR, AuditSource.EVENT, Ids.event() + "/" + what);
  }
}
