package io.modeldepot.kit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.ServiceReported;
import io.modeldepot.events.state.ServiceState;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.TestTopics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.testkit.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceReporterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private final KafkaConnection connection = TestTopics.connection();
  private final MovableClock clock = MovableClock.at(NOW);
  private final ServiceIdentity identity =
      new ServiceIdentity("tester", "tester-" + System.nanoTime(), "1.0");
  private final Announcer announcer = new Announcer(connection, identity, clock);
  private final BlockingQueue<ServiceReported> heard = new LinkedBlockingQueue<>();
  private @Nullable StateTopicReader<ServiceReported> reader;

  @BeforeEach
  void listen() throws Exception {
    TestTopics.make(connection, Topics.SERVICE_REPORTED);
    reader =
        StateTopicReader.start(
            connection,
            Topics.SERVICE_REPORTED,
            ServiceReported.class,
            said -> {
              if (said.key().equals(identity.key())) {
                said.value().ifPresent(heard::add);
              }
            });
    reader.caughtUp().get(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    if (reader != null) {
      reader.close();
    }
    announcer.close();
  }

  @Test
  void itReportsAtOnceHowTheServiceIs() throws Exception {
    try (var reporter =
        ServiceReporter.start(announcer, identity, clock, () -> Condition.degraded("no hub"))) {
      assertThat(heard.poll(60, TimeUnit.SECONDS))
          .isEqualTo(
              new ServiceReported(
                  "tester",
                  identity.instance(),
                  "1.0",
                  ServiceState.DEGRADED,
                  Optional.of("no hub"),
                  Optional.empty(),
                  Optional.empty(),
                  NOW));
    }
  }

  @Test
  void itGoesOnReporting() throws Exception {
    try (var reporter =
        ServiceReporter.start(
            announcer, identity, clock, Duration.ofMillis(20), Condition::ready)) {
      heard.poll(60, TimeUnit.SECONDS);

      assertThat(heard.poll(60, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void anotherStateIsReportedLongBeforeTheNextReportIsDue() throws Exception {
    AtomicReference<Condition> now = new AtomicReference<>(Condition.starting("not yet"));
    try (var reporter =
        ServiceReporter.start(announcer, identity, clock, Duration.ofDays(1), now::get)) {
      assertThat(heard.poll(60, TimeUnit.SECONDS).state()).isEqualTo(ServiceState.STARTING);

      now.set(Condition.ready());

      assertThat(heard.poll(60, TimeUnit.SECONDS).state()).isEqualTo(ServiceState.READY);
    }
  }

  @Test
  void theLastReportSaysThatTheServiceStops() throws Exception {
    ServiceReporter.start(announcer, identity, clock, Condition::ready).close();

    ServiceReported last = heard.take();
    while (last.state() != ServiceState.STOPPING) {
      last = heard.take();
    }
    assertThat(last.state()).isEqualTo(ServiceState.STOPPING);
  }
}
