package io.modeldepot.placement.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.announce.Lessons;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetMerge;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.seed.SeedEvents;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.testkit.broker.TestBroker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Measurements that come over the topic, and what a site makes of them. */
class SiteCalibrationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void plansAreMadeByMeasurementsWhereThatIsWishedAndStayLearntWhenTheEngineStops()
      throws Exception {
    TestBroker broker = TestBroker.own();
    KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
    var unused = new TopicProvisioner(connection).provision(PATIENCE);
    try (Announcer announcer =
            new Announcer(connection, new ServiceIdentity("test", "t", "1"), Clock.systemUTC());
        SiteTopics topics = new SiteTopics(connection, Clock.systemUTC())) {
      SeedModel model = SeedModel.PHI_2;
      announce(announcer, Topics.MODEL_DESCRIBED, "phi-2", SeedEvents.described(model, 1));
      announce(
          announcer,
          Topics.MODEL_VERIFIED,
          SeedEvents.keyOfVersion(model),
          SeedEvents.verified(model));
      announce(announcer, Topics.GPU_REPORTED, "gpu-host", report(List.of()));
      await(
          () -> topics.isComplete() && topics.catalog().size() == 1 && topics.hosts().size() == 1);
      Site used = site(topics, CalibrationUse.USED);
      Site shown = site(topics, CalibrationUse.SHOWN);
      ModelPlaced placed = decide(used);
      long changes = topics.changes();

      announce(announcer, Topics.GPU_REPORTED, "gpu-host", report(List.of(engine(placed))));

      await(() -> topics.changes() > changes);
      assertThat(demand(used, placed).calibrations().entries()).hasSize(1);
      assertThat(demand(shown, placed).calibrations()).isEqualTo(Calibrations.NONE);
      assertThat(shown.at(Clock.systemUTC().instant(), List.of(placed)).calibrations().entries())
          .as("shown all the same")
          .hasSize(1);

      Calibrations learnt = demand(used, placed).calibrations();
      Lessons lessons = new Lessons(announcer, Clock.systemUTC());
      lessons.tell(learnt, topics.learnt());
      lessons.tell(learnt, topics.learnt());
      await(() -> topics.learnt().size() == 1);
      announce(announcer, Topics.GPU_REPORTED, "gpu-host", report(List.of()));

      await(() -> topics.hosts().iterator().next().report().engines().isEmpty());
      assertThat(demand(used, placed).calibrations().entries()).isEqualTo(learnt.entries());

      try (SiteTopics later = new SiteTopics(connection, Clock.systemUTC())) {
        await(() -> later.isComplete() && later.learnt().size() == 1);
        Site restarted = site(later, CalibrationUse.USED);
        assertThat(demand(restarted, placed).calibrations().entries()).isEqualTo(learnt.entries());
        assertThat(LearntReading.untold(learnt, later.learnt(), Clock.systemUTC().instant()))
            .as("nothing is told twice")
            .isEmpty();
      }

      var unused2 =
          announcer
              .announce(
                  Announcement.forgotten(
                      Topics.CALIBRATION_LEARNT, topics.learnt().keySet().iterator().next()))
              .get();
      await(() -> topics.learnt().isEmpty());
      assertThat(demand(used, placed).calibrations())
          .as("what was forgotten is not remembered")
          .isEqualTo(Calibrations.NONE);
    } finally {
      broker.stop();
    }
  }

  private static Site site(SiteTopics topics, CalibrationUse use) {
    return new Site(topics, List::of, false, new FleetMerge(Duration.ofMinutes(5)), use);
  }

  private static ModelPlaced decide(Site site) {
    Planner planner = new Planner(() -> Effort.steps(500, 100_000));
    var scenario = site.at(Clock.systemUTC().instant(), List.of()).scenario();
    return new Decisions("/m")
        .changed(planner.propose(scenario), Map.of(), Map.of(), 1, Clock.systemUTC().instant())
        .getFirst();
  }

  private static Demand demand(Site site, ModelPlaced placed) {
    return site.at(Clock.systemUTC().instant(), List.of(placed)).scenario().demands().getFirst();
  }

  private static MeasuredEngine engine(ModelPlaced placed) {
    var share = placed.replicas().getFirst().gpus().getFirst();
    return new MeasuredEngine(
        placed.model(),
        List.of(share.id()),
        (long) placed.replicas().getFirst().users() * placed.replicas().getFirst().contextTokens(),
        "auto",
        Optional.empty(),
        Optional.of(share.weightsBytes() + share.kvBytes() + share.overheadBytes() + (700L << 20)),
        Optional.empty());
  }

  private static GpuReported report(List<MeasuredEngine> engines) {
    return SeedEvents.reported(engines, Clock.systemUTC().instant());
  }

  private static void announce(
      Announcer announcer, io.modeldepot.events.topic.TopicSpec topic, String key, Object payload)
      throws Exception {
    var unused = announcer.announce(topic, key, payload).get();
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
