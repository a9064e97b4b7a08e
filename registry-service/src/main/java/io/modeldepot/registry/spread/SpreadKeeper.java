package io.modeldepot.registry.spread;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.LocationName;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

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
  private final CountDownLatch stopping = new CountDownLatch(1);

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
    Map<String, Copies.Wanted> wanted = copies.wanted(names);
    List<ModelDescribed> entries = catalog.entries();
    assign(alive, wanted, entries);
    for (ModelDescribed before : entries) {
      Copies.Wanted version = wanted.get(before.model().value());
      if (version != null) {
        catalog.find(before.model()).ifPresent(entry -> copy(entry, version, names));
      }
    }
  }

  private void assign(
      List<StorageReported> alive,
      Map<String, Copies.Wanted> wanted,
      List<ModelDescribed> entries) {
    List<Load> loads = new ArrayList<>();
    for (ModelDescribed entry : entries) {
      entry
          .spread()
          .flatMap(spread -> load(entry, spread, alive.size(), wanted))
          .ifPresent(loads::add);
    }
    if (loads.isEmpty()) {
      return;
    }
    Assignment assignment =
        Assignment.of(
            alive.stream().map(at -> new Place(at.location().value(), room(at))).toList(), loads);
    assignment
        .without()
        .forEach((model, count) -> LOG.warnf("%d copies of %s fit nowhere.", count, model));
    for (Load load : loads) {
      List<String> now = assignment.of(load.model());
      if (!now.isEmpty() && !new HashSet<>(now).equals(new HashSet<>(load.now()))) {
        write(load.model(), now);
      }
    }
  }

  private Optional<Load> load(
      ModelDescribed entry, Spread spread, int alive, Map<String, Copies.Wanted> wanted) {
    String model = entry.model().value();
    int asked = spread.copies().orElse(1);
    Set<String> near = spread.policy() == SpreadPolicy.NEAR ? placements.of(model) : Set.of();
    if (spread.policy() != SpreadPolicy.COPIES
        && spread.policy() != SpreadPolicy.ALL
        && spread.policy() != SpreadPolicy.NEAR) {
      return Optional.empty();
    }
    return Optional.of(
        new Load(
            model,
            Optional.ofNullable(wanted.get(model)).map(Copies.Wanted::bytes).orElse(0L),
            spread.policy() == SpreadPolicy.ALL ? alive : asked,
            near,
            entry.locations().stream().map(LocationName::value).toList()));
  }

  private long room(StorageReported at) {
    return (long) (at.capacityBytes() * settings.fill());
  }

  private void write(String model, List<String> locations) {
    List<LocationName> names = locations.stream().map(LocationName::of).toList();
    ModelDescribed unused =
        catalog.assign(
            io.modeldepot.events.terms.ModelName.of(model), names, origin("assign-" + model));
  }

  /** Asks for copies where an entry's living location lacks the version. */
  private void copy(ModelDescribed entry, Copies.Wanted version, Set<String> alive) {
    Set<String> there = copies.at(version);
    Instant failedSince = clock.instant().minus(settings.again());
    for (LocationName location : entry.locations()) {
      String name = location.value();
      if (alive.contains(name)
          && !there.contains(name)
          && !copies.busy(version.model(), name, failedSince)) {
        boolean unused =
            requests.ask(replica(entry, version, location), Ids.request(), origin("copy"));
      }
    }
  }

  private static DownloadRequested replica(
      ModelDescribed entry, Copies.Wanted version, LocationName location) {
    return new DownloadRequested(
        Optional.of(entry.model()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(version.commit().value()),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(location),
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
