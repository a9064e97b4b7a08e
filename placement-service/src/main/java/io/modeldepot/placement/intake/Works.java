package io.modeldepot.placement.intake;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.report.Condition;
import io.modeldepot.kit.report.ServiceReporter;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.fleet.FleetMerge;
import io.modeldepot.placement.fleet.HostInventory;
import io.modeldepot.placement.fleet.Inventory;
import io.modeldepot.placement.fleet.InventoryFile;
import io.modeldepot.placement.fleet.SeedGpus;
import io.modeldepot.placement.site.Site;
import io.modeldepot.placement.site.SiteTopics;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the parts, starts what works by itself, and stops it. */
@ApplicationScoped
public class Works {
  private static final Logger LOG = Logger.getLogger(Works.class);
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final PlacementSettings settings;
  private final KafkaConnection connection;
  private final ServiceIdentity identity;
  private final Announcer announcer;
  private final TopicProvisioner topics;
  private final Clock clock = Clock.systemUTC();
  private final ProposalShelf shelf = new ProposalShelf();
  private final Planner planner;
  private @Nullable Thread starting;
  private volatile @Nullable Site site;
  private volatile @Nullable Lead lead;
  private @Nullable ServiceReporter reporter;

  @Inject
  Works(
      PlacementSettings settings,
      KafkaConnection connection,
      ServiceIdentity identity,
      Announcer announcer,
      TopicProvisioner topics) {
    this.settings = settings;
    this.connection = connection;
    this.identity = identity;
    this.announcer = announcer;
    this.topics = topics;
    this.planner = new Planner(() -> Effort.time(settings.search(), System::nanoTime));
  }

  void start(@Observes StartupEvent event) {
    List<HostInventory> listed = inventory(settings);
    reporter = ServiceReporter.start(announcer, identity, clock, this::condition);
    starting = Thread.ofVirtual().name("placement-start").start(() -> open(listed));
  }

  void stop(@Observes ShutdownEvent event) {
    Thread opening = starting;
    if (opening != null) {
      opening.interrupt();
    }
    Lead leading = lead;
    if (leading != null) {
      leading.close();
    }
    Site known = site;
    if (known != null) {
      known.topics().close();
    }
    if (reporter != null) {
      reporter.close();
    }
  }

  /** What keeps us from answering; empty when nothing does. */
  public Optional<String> obstacle() {
    Site known = site;
    if (known == null) {
      return Optional.of("The broker is not there, or refused to make the topics.");
    }
    return known.topics().isComplete()
        ? Optional.empty()
        : Optional.of("The state topics are not read to their end yet.");
  }

  /**
   * The site as of now, with what was announced.
   *
   * @throws IllegalStateException while there is an obstacle
   */
  public Site.View view() {
    Site known = known();
    return known.at(clock.instant(), known.topics().placed().values());
  }

  /** The site's topics. */
  public SiteTopics topics() {
    return known().topics();
  }

  /** Makes a plan that is not in force, and keeps it to be applied. */
  public Kept propose(io.modeldepot.placement.plan.Scenario scenario) {
    Proposal proposal = planner.propose(scenario);
    long announced = topics().placed().values().stream().mapToLong(it -> it.plan()).max().orElse(0);
    return new Kept(shelf.keep(proposal, announced), proposal);
  }

  /**
   * A proposal under its number.
   *
   * @param number to apply it by
   * @param proposal what it is
   */
  public record Kept(long number, Proposal proposal) {}

  /** The proposal of that number. */
  public Optional<Proposal> proposal(long number) {
    return shelf.find(number);
  }

  /** Whether this instance leads. */
  public boolean leads() {
    Lead leading = lead;
    return leading != null && leading.leads();
  }

  private Site known() {
    Site known = site;
    if (known == null) {
      throw new IllegalStateException("The broker is not there yet.");
    }
    return known;
  }

  private void open(List<HostInventory> listed) {
    if (!provision()) {
      return;
    }
    Site opened =
        new Site(new SiteTopics(connection, clock), listed, new FleetMerge(settings.grace()));
    site = opened;
    Lead leading =
        new Lead(
            connection,
            identity,
            opened,
            planner,
            new Decisions(settings.engineModelsDir()),
            shelf,
            new DeadLetters(announcer),
            settings.apply(),
            new Timing(settings.quiet(), settings.patience()),
            clock);
    lead = leading;
    leading.open();
  }

  private boolean provision() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        topics
            .provision(BROKER_PATIENCE)
            .differences()
            .forEach(
                it ->
                    LOG.warnf(
                        "Topic %s has %s=%s, the contract says %s",
                        it.topic(), it.setting(), it.actual(), it.wanted()));
        return true;
      } catch (KafkaException e) {
        LOG.warnf("The topics cannot be made yet: %s", e.getMessage());
      }
      try {
        Thread.sleep(BEFORE_NEXT_TRY);
      } catch (InterruptedException e) {
        return false;
      }
    }
    return false;
  }

  private Condition condition() {
    return obstacle().map(Condition::starting).orElseGet(Condition::ready);
  }

  private static List<HostInventory> inventory(PlacementSettings settings) {
    Optional<Path> file = settings.inventory();
    if (file.isEmpty()) {
      return SeedGpus.hosts(LocationName.of(settings.location()));
    }
    try {
      return switch (InventoryFile.read(Files.readString(file.get()))) {
        case Inventory.Read read -> read.hosts();
        case Inventory.Malformed malformed ->
            throw new IllegalArgumentException(
                file.get() + ": " + String.join(" ", malformed.faults()));
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("The inventory cannot be read: " + e.getMessage(), e);
    }
  }

  /** The time, for who answers. */
  public Instant now() {
    return clock.instant();
  }
}
