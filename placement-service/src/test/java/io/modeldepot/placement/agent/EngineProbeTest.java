package io.modeldepot.placement.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.fleet.GpuProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that answer over real HTTP, processes as {@code /proc} shows them. */
class EngineProbeTest {
  private static final long GIB = 1L << 30;

  @TempDir Path proc;
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(it -> it.stop(0));
  }

  @Test
  void anEngineIsFoundAmongTheProcessesOfItsGpuByTheNameItWasStartedWith() throws Exception {
    process(100, 1, "vllm", "serve", "/m/versions/x", "--served-model-name=llama2-7b");
    process(101, 100, "VLLM::EngineCore");
    process(200, 1, "vllm", "serve", "/m/versions/y", "--served-model-name", "phi-2");

    List<MeasuredEngine> measured =
        probe("0=" + engine("llama2-7b"), "0=" + engine("phi-2"))
            .measure(
                List.of(
                    new GpuProcess("0", 101, 12 * GIB),
                    new GpuProcess("0", 200, 7 * GIB),
                    new GpuProcess("1", 200, 40 * GIB)));

    assertThat(measured)
        .extracting(MeasuredEngine::model)
        .containsExactly(ModelName.of("llama2-7b"), ModelName.of("phi-2"));
    assertThat(measured)
        .extracting(MeasuredEngine::measuredBytes)
        .containsExactly(Optional.of(12 * GIB), Optional.of(7 * GIB));
    assertThat(measured.getFirst().kvTokens()).isEqualTo(1600);
    assertThat(measured.getFirst().memoryUtilization()).contains(0.374);
  }

  @Test
  void ofSeveralGpusTheFullestCounts() throws Exception {
    process(100, 1, "vllm", "serve", "/m", "--served-model-name=llama2-7b");

    List<MeasuredEngine> measured =
        probe("0+1=" + engine("llama2-7b"))
            .measure(
                List.of(new GpuProcess("0", 100, 12 * GIB), new GpuProcess("1", 100, 11 * GIB)));

    assertThat(measured.getFirst().gpus()).containsExactly("0", "1");
    assertThat(measured.getFirst().measuredBytes()).contains(12 * GIB);
  }

  @Test
  void whoIsAloneOnAGpuNeedsNoName() throws Exception {
    assertThat(
            probe("0=" + engine("phi-2"))
                .measure(List.of(new GpuProcess("0", 4242, 7 * GIB)))
                .getFirst()
                .measuredBytes())
        .contains(7 * GIB);
  }

  @Test
  void whatIsNotKnownToBeItsOwnIsNotCounted() throws Exception {
    process(300, 1, "vllm", "serve", "/m", "--served-model-name=somebody-else");

    assertThat(
            probe("0=" + engine("phi-2"))
                .measure(List.of(new GpuProcess("0", 300, 7 * GIB), new GpuProcess("0", 301, GIB)))
                .getFirst()
                .measuredBytes())
        .isEmpty();
    assertThat(
            probe("0=" + engine("phi-2"))
                .measure(List.of(new GpuProcess("0", 300, 7 * GIB)))
                .getFirst()
                .measuredBytes())
        .as("alone, and somebody else")
        .isEmpty();
    assertThat(probe("0=" + engine("phi-2")).measure(List.of()).getFirst().measuredBytes())
        .isEmpty();
  }

  @Test
  void anEngineThatIsAwayOrSpeaksOtherwiseHidesNoOther() throws Exception {
    List<MeasuredEngine> measured =
        probe(
                "0=http://127.0.0.1:1",
                "0=" + server(200, "<html>"),
                "0=" + server(500, VllmMetricsTest.text("phi-2", 100)),
                "0=" + server(200, VllmMetricsTest.text("../etc", 100)),
                "0=" + engine("phi-2"))
            .measure(List.of());

    assertThat(measured).extracting(it -> it.model().value()).containsExactly("phi-2");
  }

  @Test
  void settingsThatCannotBeMeantAreRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                EngineAddresses.of(
                    List.of(
                        "0",
                        "=http://h:1",
                        "1=ftp://h",
                        "2=http://user:secret@h:1",
                        "3=http:/x y")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0: GPU=")
        .hasMessageContaining("1: GPU=")
        .hasMessageContaining("2: GPU=")
        .hasMessageContaining("3: GPU=")
        .hasMessageNotContaining("secret");
    assertThat(EngineAddresses.of(List.of("0+1=http://h:8000")).engines().getFirst().metrics())
        .hasToString("http://h:8000/metrics");
    assertThat(EngineAddresses.of(List.of("0=http://h/x/metrics")).engines().getFirst().metrics())
        .hasToString("http://h/x/metrics");
  }

  private EngineProbe probe(String... setting) {
    return new EngineProbe(EngineAddresses.of(List.of(setting)), proc);
  }

  private String engine(String model) throws IOException {
    return server(200, VllmMetricsTest.text(model, 100));
  }

  private String server(int status, String text) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void process(long pid, long parent, String... words) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(folder.resolve("cmdline"), String.join("\0", words) + "\0");
    Files.writeString(folder.resolve("status"), "Name:\tvllm\nPPid:\t" + parent + "\nUid:\t0\n");
  }
}
