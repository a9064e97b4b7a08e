package io.modeldepot.placement.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modeldepot.events.command.PlacementAction;
import io.modeldepot.events.command.PlacementDue;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.measure.EventAges;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.announce.Lessons;
import io.modeldepot.placement.announce.Occasion;
import io.modeldepot.placement.announce.Offering;
import io.modeldepot.placement.announce.PlanPublisher;
import io.modeldepot.placement.fleet.FleetMerge;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.SeedGpus;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedEvents;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.site.Site;
import io.modeldepot.placement.site.SiteTopics;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import io.modeldepot.testkit.broker.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One who leads and one who follows, on a real broker. */
@SuppressWarnings("NullAway.Init") // opened before each test
class LeadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<ModelPlaced> heard = new LinkedBlockingQueue<>();
  private TestBroker broker;
  private KafkaConnection connection;
  private Announcer announcer;

  @BeforeEach
  void start() {
    broker = TestBroker.own();
    connection = KafkaConnection.to(broker.bootstrapServers());
    var unused = new TopicProvisioner(connection).provision(PATIENCE);
    announcer = new Announcer(connection, identity("test"), Clock.systemUTC());
    open.add(
        StateTopicReader.start(
            connection, Topics.MODEL_PLACED, ModelPlaced.class, this::heardDecision));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    announcer.close();
    broker.stop();
  }

  @Test
  void whatIsVerifiedAndAskedForIsPlacedAndOnlyDifferencesAreAnnouncedAfterwards()
      throws Exception {
    lead("placement-1", ApplyPolicy.AUTOMATIC);
    describe(SeedModel.PHI_2, 1);
    verify(SeedModel.PHI_2);

    ModelPlaced phi = await(it -> it.state() == PlacementState.PLACED);
    assertThat(phi.model()).isEqualTo(SeedModel.PHI_2.model());
    assertThat(phi.path()).contains("versions/phi-2/" + SeedEvents.COMMIT);
    assertThat(phi.replicas()).hasSize(1);
    assertThat(phi.replicas().getFirst().gpus().getFirst().id()).isEqualTo("0");
    assertThat(phi.replicas().getFirst().engine().args()).contains("--max-num-seqs=20");

    describe(SeedModel.MISTRAL_7B, 1);
    verify(SeedModel.MISTRAL_7B);
    ModelPlaced mistral = await(it -> it.model().equals(SeedModel.MISTRAL_7B.model()));

    assertThat(mistral.plan()).isGreaterThan(phi.plan());
    assertThat(heard).as("phi-2 stays as it is").isEmpty();
  }

  @Test
  void aDrainedGpuIsLeft() throws Exception {
    lead("placement-1", ApplyPolicy.AUTOMATIC);
    describe(SeedModel.PHI_2, 1);
    verify(SeedModel.PHI_2);
    await(it -> it.state() == PlacementState.PLACED);

    announce(
        Announcement.of(
            Topics.SITE_DESCRIBED,
            "gpu/gpu-host/0",
            new SiteDescribed(
                "gpu/gpu-host/0", Map.of("state", "drained", "reason", "new fan"), 1)));

    ModelPlaced moved = await(it -> it.plan() > 1);
    assertThat(moved.replicas().getFirst().gpus().getFirst().id()).isEqualTo("1");
    assertThat(moved.reason()).contains("It moves from", "drained (new fan)");
  }

  @Test
  void theFollowerTakesOverAndALatePlanOfTheFirstIsRefused() throws Exception {
    Lead first = lead("placement-1", ApplyPolicy.AUTOMATIC);
    describe(SeedModel.PHI_2, 1);
    verify(SeedModel.PHI_2);
    ModelPlaced phi = await(it -> it.state() == PlacementState.PLACED);
    PlanPublisher late = new PlanPublisher(connection, identity("late"), Tracing.passingOn());
    open.add(late);

    first.close();
    lead("placement-2", ApplyPolicy.AUTOMATIC);
    describe(SeedModel.MISTRAL_7B, 1);
    verify(SeedModel.MISTRAL_7B);
    await(it -> it.model().equals(SeedModel.MISTRAL_7B.model()));

    assertThatThrownBy(() -> late.publish(List.of(phi), Occasion.at(Instant.now())))
        .isInstanceOf(PlanPublisher.Fenced.class);
    assertThat(heard).as("nothing of the late plan is seen").isEmpty();
  }

  @Test
  void aProposalWaitsForTheCommandThatNamesIt() throws Exception {
    SiteTopics topics = topics();
    lead("placement-1", ApplyPolicy.APPROVE, topics);
    describe(SeedModel.PHI_2, 1);
    verify(SeedModel.PHI_2);
    PlanProposed proposed = topics.proposals().await(it -> !it.replicas().isEmpty(), PATIENCE);
    Site site = site(topics);
    assertThat(heard).isEmpty();
    assertThat(waiting(site)).contains(new Waiting(proposed.plan(), 1));

    apply(proposed);

    assertThat(await(it -> true).state()).isEqualTo(PlacementState.PLACED);
    Awaitility.await().until(() -> topics.placed().size() == 1);
    assertThat(waiting(site)).as("it is in force").isEmpty();
  }

  @Test
  void aProposalThatAnotherPlannerMadeIsAppliedByWhoLeads() throws Exception {
    lead("placement-1", ApplyPolicy.AUTOMATIC);
    describe(SeedModel.PHI_2, 1);
    verify(SeedModel.PHI_2);
    ModelPlaced before = await(it -> it.state() == PlacementState.PLACED);
    SiteTopics follower = topics();
    Site site = site(follower);
    Awaitility.await().until(() -> follower.isComplete() && follower.placed().size() == 1);
    Scenario now = site.at(Instant.now(), follower.placed().values()).scenario();
    Proposal elsewhere = Planner.made(now, onTheOtherGpu(now), Long.MAX_VALUE).orElseThrow();

    long number = offering("placement-2").offer(elsewhere, follower.proposals(), before.plan());
    apply(follower.proposals().find(number).getFirst());

    ModelPlaced moved = await(it -> it.plan() > before.plan());
    assertThat(moved.replicas().getFirst().gpus().getFirst().id()).isEqualTo("1");
  }

  @Test
  void whoTakesOverAppliesWhatTheFirstProposedAndNothingThatWentStale() throws Exception {
    SiteTopics topics = topics();
    Lead first = lead("placement-1", ApplyPolicy.APPROVE, topics);
    describe(SeedModel.PHI_2, 1);
    verify(SeedModel.PHI_2);
    PlanProposed phi = topics.proposals().await(it -> !it.replicas().isEmpty(), PATIENCE);
    first.close();
    lead("placement-2", ApplyPolicy.APPROVE);

    apply(phi);

    assertThat(await(it -> true).model()).isEqualTo(SeedModel.PHI_2.model());

    describe(SeedModel.MISTRAL_7B, 1);
    verify(SeedModel.MISTRAL_7B);
    topics.proposals().await(it -> it.replicas().size() == 2, PATIENCE);
    apply(phi);

    assertThat(deadLetter()).contains("stale");
    assertThat(heard).as("nothing was applied").isEmpty();
  }

  private static Optional<Waiting> waiting(Site site) {
    Site.View now = site.at(Instant.now(), site.topics().placed().values());
    return Waiting.of(site.topics().proposals(), now.scenario());
  }

  private static Assignments onTheOtherGpu(Scenario now) {
    return new Assignments(
        now.running().all().stream()
            .map(
                one ->
                    new Assignment(
                        one.replica(),
                        one.option(),
                        List.of(new GpuId("gpu-host", "1")),
                        one.perGpu()))
            .toList());
  }

  private String deadLetter() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection.forReading(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition refused = new TopicPartition(Topics.PLACEMENT_DUE.deadLetterName(), 0);
      consumer.assign(List.of(refused));
      consumer.seekToBeginning(List.of(refused));
      Instant deadline = Instant.now().plus(PATIENCE);
      while (Instant.now().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          return new String(
              record.headers().lastHeader("depot_detail").value(), StandardCharsets.UTF_8);
        }
      }
      throw new AssertionError("Nothing was refused.");
    }
  }

  private void apply(PlanProposed proposed) throws Exception {
    announce(
        Announcement.unkeyed(
            Topics.PLACEMENT_DUE,
            new PlacementDue(
                Optional.of(PlacementAction.APPLY),
                Optional.of(proposed.plan()),
                Optional.empty())));
  }

  private SiteTopics topics() {
    SiteTopics topics = new SiteTopics(connection, Clock.systemUTC());
    open.add(topics);
    return topics;
  }

  private static Site site(SiteTopics topics) {
    return new Site(
        topics,
        SeedGpus.hosts(LocationName.of("default")),
        true,
        new FleetMerge(Duration.ofMinutes(5)));
  }

  private Offering offering(String instance) {
    return new Offering(announcer, identity(instance), Clock.systemUTC());
  }

  private Lead lead(String instance, ApplyPolicy policy) {
    return lead(instance, policy, topics());
  }

  private Lead lead(String instance, ApplyPolicy policy, SiteTopics topics) {
    Lead lead =
        new Lead(
            connection,
            identity(instance),
            site(topics),
            new Planner(() -> Effort.steps(200, 20_000)),
            new Decisions("/opt/ai-models"),
            offering(instance),
            new Lessons(announcer, Clock.systemUTC()),
            new DeadLetters(announcer),
            policy,
            new Timing(Duration.ofMillis(50), Duration.ofSeconds(1)),
            new EventAges(new SimpleMeterRegistry(), identity(instance)),
            Tracing.passingOn(),
            Clock.systemUTC());
    open.add(lead);
    lead.open();
    return lead;
  }

  private void heardDecision(StateRecord<ModelPlaced> what) {
    what.value().ifPresent(heard::add);
  }

  private ModelPlaced await(Predicate<ModelPlaced> wanted) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      @Nullable ModelPlaced next = heard.poll(1, TimeUnit.SECONDS);
      if (next != null && wanted.test(next)) {
        return next;
      }
    }
    throw new AssertionError("Nothing like that was announced.");
  }

  private void describe(SeedModel model, long generation) throws Exception {
    announce(
        Announcement.of(
            Topics.MODEL_DESCRIBED,
            model.model().value(),
            SeedEvents.described(model, generation)));
  }

  private void verify(SeedModel model) throws Exception {
    announce(
        Announcement.of(
            Topics.MODEL_VERIFIED, SeedEvents.keyOfVersion(model), SeedEvents.verified(model)));
  }

  private void announce(Announcement what) throws Exception {
    announcer.announce(what).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static ServiceIdentity identity(String instance) {
    return new ServiceIdentity("placement", instance, "test");
  }
}
