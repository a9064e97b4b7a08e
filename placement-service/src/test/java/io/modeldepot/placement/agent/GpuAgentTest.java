package io.modeldepot.placement.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.GpuState;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.placement.fleet.NvidiaSmi;
import io.modeldepot.placement.fleet.Utilisation;
import io.modeldepot.testkit.broker.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in the place of {@code nvidia-smi} that answers, fails and hangs as that does. */
class GpuAgentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path program = Path.of("/");

  @BeforeEach
  void given() {
    program = folder.resolve("nvidia-smi");
  }

  @Test
  void theProgramsAnswerIsRead() throws Exception {
    twoGpus();

    assertThat(asked().isThere()).isTrue();
    assertThat(asked().gpus()).extracting(Gpu::id).containsExactly("0", "1");
  }

  @Test
  void aProgramThatFailsIsToldWithItsOwnWords() throws Exception {
    script("echo 'NVIDIA-SMI has failed'; exit 9");

    assertThatThrownBy(() -> asked().gpus())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with 9: NVIDIA-SMI has failed");
  }

  @Test
  void aProgramThatHangsIsGivenUp() throws Exception {
    script("exec sleep 600");

    assertThatThrownBy(
            () ->
                new NvidiaSmiProgram(
                        program.toString(), Duration.ofMillis(200), Utilisation.DEFAULT)
                    .gpus())
        .hasMessageContaining("did not answer");
  }

  @Test
  void whereThereIsNoneNoneIsFound() {
    assertThat(asked().isThere()).isFalse();
  }

  @Test
  void theHostIsReportedAndWhatAnswersNoMoreIsReportedAsLost() throws Exception {
    TestBroker broker = TestBroker.shared();
    KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
    var unused = new TopicProvisioner(connection).provision(PATIENCE);
    String host = "host-" + System.nanoTime();
    BlockingQueue<GpuReported> heard = new LinkedBlockingQueue<>();
    twoGpus();
    try (Announcer announcer =
            new Announcer(
                connection, new ServiceIdentity("placement", host, "1"), Clock.systemUTC());
        StateTopicReader<GpuReported> reader = hearing(connection, host, heard);
        GpuAgent agent =
            new GpuAgent(
                asked(),
                new EngineProbe(EngineAddresses.NONE, Path.of("/proc")),
                announcer,
                Clock.systemUTC(),
                new GpuAgent.Host(LocationName.of("default"), host, Duration.ofMillis(50)))) {
      reader.caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      agent.open();
      GpuReported first = next(heard, it -> true);
      assertThat(first.host()).isEqualTo(host);
      assertThat(first.gpus()).extracting(Gpu::state).containsOnly(GpuState.READY);
      assertThat(first.ttlSeconds()).isPositive();

      script("echo 'Unable to determine the device handle'; exit 15");

      GpuReported lost =
          next(heard, it -> it.gpus().stream().allMatch(gpu -> gpu.state() == GpuState.LOST));
      assertThat(lost.gpus()).extracting(Gpu::id).containsExactly("0", "1");
      assertThat(lost.gpus()).allMatch(gpu -> gpu.measuredBytes().isEmpty());
      assertThat(agent.trouble()).get().asString().contains("device handle");

      twoGpus();

      var back =
          next(heard, it -> it.gpus().stream().allMatch(gpu -> gpu.state() == GpuState.READY));
      assertThat(back.gpus()).hasSize(2);
      assertThat(agent.trouble()).isEmpty();
    }
  }

  @Test
  void theEnginesOfTheHostAreMeasuredAndReportedWithItsGpus() throws Exception {
    KafkaConnection connection = KafkaConnection.to(TestBroker.shared().bootstrapServers());
    var unused = new TopicProvisioner(connection).provision(PATIENCE);
    String host = "host-" + System.nanoTime();
    BlockingQueue<GpuReported> heard = new LinkedBlockingQueue<>();
    twoGpus();
    HttpServer vllm =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vllm.createContext(
        "/metrics",
        exchange -> {
          byte[] text = VllmMetricsTest.text("llama2-7b", 2816).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    vllm.start();
    EngineAddresses engines =
        EngineAddresses.of(List.of("0=http://127.0.0.1:" + vllm.getAddress().getPort()));
    try (Announcer announcer =
            new Announcer(
                connection, new ServiceIdentity("placement", host, "1"), Clock.systemUTC());
        StateTopicReader<GpuReported> reader = hearing(connection, host, heard);
        GpuAgent agent =
            new GpuAgent(
                asked(),
                new EngineProbe(engines, folder.resolve("no-proc")),
                announcer,
                Clock.systemUTC(),
                new GpuAgent.Host(LocationName.of("default"), host, Duration.ofMillis(50)))) {
      reader.caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      agent.open();

      GpuReported report = next(heard, it -> !it.engines().isEmpty());

      assertThat(report.engines())
          .containsExactly(
              new MeasuredEngine(
                  ModelName.of("llama2-7b"),
                  List.of("0"),
                  45_056,
                  "auto",
                  Optional.of(0.374),
                  Optional.of(20_400L << 20),
                  Optional.of(0.25)));
    } finally {
      vllm.stop(0);
    }
  }

  private static GpuReported next(BlockingQueue<GpuReported> heard, Predicate<GpuReported> like)
      throws InterruptedException {
    GpuReported report;
    do {
      report = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(report).as("a report like this").isNotNull();
    } while (!like.test(report));
    return report;
  }

  private NvidiaSmiProgram asked() {
    return new NvidiaSmiProgram(program.toString(), Duration.ofSeconds(20), Utilisation.DEFAULT);
  }

  private void twoGpus() throws IOException {
    try (InputStream xml =
        Objects.requireNonNull(NvidiaSmi.class.getResourceAsStream("two-whole-gpus.xml"))) {
      Files.copy(xml, folder.resolve("answer.xml"), StandardCopyOption.REPLACE_EXISTING);
    }
    script(
        "case \"$1\" in -L) echo 'GPU 0: one (UUID: GPU-1)' ;; *) cat '%s' ;; esac"
            .formatted(folder.resolve("answer.xml")));
  }

  /** At once for who runs it: a program that is being written cannot be started. */
  private void script(String body) throws IOException {
    Path fresh = folder.resolve("fresh");
    Files.write(fresh, List.of("#!/bin/sh", body));
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static StateTopicReader<GpuReported> hearing(
      KafkaConnection connection, String host, BlockingQueue<GpuReported> heard) {
    return StateTopicReader.start(
        connection,
        Topics.GPU_REPORTED,
        GpuReported.class,
        said -> {
          if (said.key().equals(host)) {
            said.value().ifPresent(heard::add);
          }
        });
  }
}
