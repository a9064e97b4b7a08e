package io.modeldepot.placement.intake;

import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.measure.EventAges;
import io.modeldepot.kit.report.Condition;
import io.modeldepot.kit.report.ServiceReporter;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.placement.agent.EngineAddresses;
import io.modeldepot.placement.agent.EngineProbe;
import io.modeldepot.placement.agent.GpuAgent;
import io.modeldepot.placement.agent.NvidiaSmiProgram;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.announce.Lessons;
import io.modeldepot.placement.announce.Offering;
import io.modeldepot.placement.fleet.FleetMerge;
import io.modeldepot.placement.fleet.HostInventory;
import io.modeldepot.placement.fleet.SeedGpus;
import io.modeldepot.placement.fleet.Utilisation;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.site.CalibrationUse;
import io.modeldepot.placement.site.DemandReading;
import io.modeldepot.placement.site.Proposals;
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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the parts, starts what works by itself, and stops it. */
@ApplicationScoped
public class Works {
  private static final Logger LOG = Logger.getLogger(Works.class);
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LEAST_BETWEEN_REPORTS = Duration.ofSeconds(1);
  private static final String HOST_NAME = "[A-Za-z0-9._-]{1,253}";
  private static final Duration TO_ASK_GPUS = Duration.ofSeconds(10);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_INVENTORY = Duration.ofSeconds(5);
  private static final Path PROC = Path.of("/proc");

  private final PlacementSettings settings;
  private final KafkaConnection connection;
  private final ServiceIdentity identity;
  private final Announcer announcer;
  private final TopicProvisioner topics;
  private final EventAges ages;
  private final Tracing tracing;
  private final Clock clock = Clock.systemUTC();
  private final Offering offering;
  private final Planner planner;
  private @Nullable Thread starting;
  private volatile @Nullable Site site;
  private volatile @Nullable Lead lead;
  private volatile @Nullable GpuAgent agent;
  private volatile boolean provisioned;
  private volatile @Nullable Listed inventory;
  private @Nullable ServiceReporter reporter;

  @Inject
  Works(
      PlacementSettings settings,
      KafkaConnection connection,
      ServiceIdentity identity,
      Announcer announcer,
      TopicProvisioner topics,
      EventAges ages,
      Tracing tracing) {
    this.settings = settings;
    this.connection = connection;
    this.identity = identity;
    this.announcer = announcer;
    this.topics = topics;
    this.ages = ages;
    this.tracing = tracing;
    this.offering = new Offering(announcer, identity, clock);
    this.planner = new Planner(() -> Effort.time(settings.search(), System::nanoTime));
  }

  void start(@Observes StartupEvent event) {
    agent = agent();
    if (settings.role() == PlacementSettings.Role.PLANNER) {
      inventory =
          settings
              .inventory()
              .map(file -> new Listed(file, LOOK_AT_INVENTORY, this::inventoryChanged))
              .orElse(null);
    }
    reporter = ServiceReporter.start(announcer, identity, clock, this::condition);
    starting = Thread.ofVirtual().name("placement-start").start(this::open);
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
    Listed file = inventory;
    if (file != null) {
      file.close();
    }
    GpuAgent reporting = agent;
    if (reporting != null) {
      reporting.close();
    }
    if (reporter != null) {
      reporter.close();
    }
  }

  /** Who reports this host, if anybody does. */
  private @Nullable GpuAgent agent() {
    boolean asked =
        settings.role() == PlacementSettings.Role.AGENT
            || settings.agent() == PlacementSettings.AgentPolicy.ON;
    NvidiaSmiProgram program =
        new NvidiaSmiProgram(settings.nvidiaSmi(), TO_ASK_GPUS, utilisation());
    boolean there = settings.agent() == PlacementSettings.AgentPolicy.AUTO && program.isThere();
    if (!asked && !there) {
      return null;
    }
    Optional<String> name = settings.host().or(Works::hostName);
    if (name.isEmpty() && !asked) {
      LOG.warn("This host has GPUs and no name; set DEPOT_PLACEMENT_HOST, and it is reported.");
      return null;
    }
    String host =
        name.filter(it -> it.matches(HOST_NAME))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "DEPOT_PLACEMENT_HOST must name this host, in letters, digits, dots and"
                            + " hyphens; it is \"%s\".".formatted(name.orElse(""))));
    if (settings.reportEvery().compareTo(LEAST_BETWEEN_REPORTS) < 0) {
      throw new IllegalArgumentException("DEPOT_PLACEMENT_REPORT_EVERY must be at least 1s.");
    }
    return new GpuAgent(
        program,
        new EngineProbe(EngineAddresses.of(settings.engines().orElse(List.of())), PROC),
        announcer,
        clock,
        new GpuAgent.Host(LocationName.of(settings.location()), host, settings.reportEvery()));
  }

  private Utilisation utilisation() {
    double part = settings.utilisation();
    if (!(part >= 0.001 && part <= 1)) {
      throw new IllegalArgumentException(
          "DEPOT_PLACEMENT_UTILISATION must be above 0 and at most 1; it is " + part + ".");
    }
    return new Utilisation((int) Math.round(part * 1000));
  }

  /** What the system calls this host; "localhost" is the name of every host. */
  private static Optional<String> hostName() {
    Optional<String> name;
    try {
      name = Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      name = Optional.ofNullable(System.getenv("HOSTNAME"));
    }
    return name.filter(it -> !it.startsWith("localhost"));
  }

  /** What keeps us from working; empty when nothing does. */
  public Optional<String> obstacle() {
    if (provisioned && settings.role() == PlacementSettings.Role.AGENT) {
      return Optional.empty();
    }
    Site known = site;
    if (known == null) {
      return Optional.of(
          inventoryFault().orElse("The broker is not there, or refused to make the topics."));
    }
    return known.topics().isComplete()
        ? Optional.empty()
        : Optional.of("The state topics are not read to their end yet.");
  }

  /** What keeps us from answering questions about the site. */
  public Optional<String> noAnswer() {
    return settings.role() == PlacementSettings.Role.AGENT
        ? Optional.of("This instance only reports the GPUs of its host.")
        : obstacle();
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

  /** What a wish would ask for; see {@link Site#wished}. */
  public Optional<DemandReading> wished(ModelName model, PlacementDemand wish) {
    return known().wished(model, wish);
  }

  /** What measurements are for. */
  public CalibrationUse calibrationUse() {
    return settings.calibration();
  }

  /** The site's topics. */
  public SiteTopics topics() {
    return known().topics();
  }

  /**
   * Makes a plan that is not in force. One for the site as it is serves the most there is, and can
   * be applied, through any planner. One for a site that only might be says what would be decided
   * then, and cannot.
   *
   * @throws ExecutionException if the broker does not take it
   */
  public Kept propose(Scenario scenario) throws ExecutionException, InterruptedException {
    boolean asItIs = scenario.fingerprint().equals(view().scenario().fingerprint());
    Proposal proposal =
        asItIs ? planner.propose(scenario) : settings.apply().plan(planner, scenario);
    Proposals known = topics().proposals();
    long announced = topics().placed().values().stream().mapToLong(it -> it.plan()).max().orElse(0);
    long number = asItIs ? offering.offer(proposal, known, announced) : known.next(announced);
    return new Kept(number, proposal);
  }

  /**
   * A proposal under its number.
   *
   * @param number to apply it by
   * @param proposal what it is
   */
  public record Kept(long number, Proposal proposal) {}

  /** Whether the plan of that number can be applied to the site as it is. */
  public Applicable applicable(long number) {
    return Applicable.of(number, topics().proposals(), view().scenario());
  }

  /** The plan that waits for a yes; none where plans go into force by themselves. */
  public Optional<Waiting> waiting() {
    return settings.apply() == ApplyPolicy.APPROVE
        ? Waiting.of(topics().proposals(), view().scenario())
        : Optional.empty();
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

  private void open() {
    if (!provision() || !awaitInventory()) {
      return;
    }
    provisioned = true;
    GpuAgent reporting = agent;
    if (reporting != null) {
      reporting.open();
    }
    if (settings.role() == PlacementSettings.Role.AGENT) {
      return;
    }
    Site opened =
        new Site(
            new SiteTopics(connection, clock),
            this::listed,
            settings.inventory().isEmpty(),
            new FleetMerge(settings.grace()),
            settings.calibration());
    site = opened;
    Lead leading =
        new Lead(
            connection,
            identity,
            opened,
            planner,
            new Decisions(settings.engineModelsDir()),
            offering,
            new Lessons(announcer, clock),
            new DeadLetters(announcer),
            settings.apply(),
            new Timing(settings.quiet(), settings.patience()),
            ages,
            tracing,
            clock);
    lead = leading;
    leading.open();
  }

  /** Without knowing its GPUs nobody plans: every model would be told to stop. */
  private boolean awaitInventory() {
    Listed file = inventory;
    try {
      while (file != null && file.hosts().isEmpty()) {
        Thread.sleep(BEFORE_NEXT_TRY);
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
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
    GpuAgent reporting = agent;
    return obstacle()
        .map(Condition::starting)
        .or(() -> inventoryFault().map(Condition::degraded))
        .or(
            () ->
                Optional.ofNullable(reporting).flatMap(GpuAgent::trouble).map(Condition::degraded))
        .orElseGet(Condition::ready);
  }

  /** Where this host reports its own, the seed's are not invented beside them. */
  private List<HostInventory> listed() {
    Listed file = inventory;
    if (file != null) {
      return file.hosts().orElse(List.of());
    }
    return agent != null ? List.of() : SeedGpus.hosts(LocationName.of(settings.location()));
  }

  private void inventoryChanged() {
    Site known = site;
    if (known != null) {
      known.topics().changed();
    }
  }

  /** What is wrong with the inventory file, if anything. */
  public Optional<String> inventoryFault() {
    return Optional.ofNullable(inventory).flatMap(Listed::fault);
  }

  /** Where engines have the volume. */
  public String modelsDir() {
    return settings.engineModelsDir().replaceAll("/+$", "");
  }

  /** The time, for who answers. */
  public Instant now() {
    return clock.instant();
  }
}
