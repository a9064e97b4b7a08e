package io.modeldepot.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpCommandTest {
  private Path checkout = Path.of("");
  private Path data = Path.of("");

  @BeforeEach
  void layOut() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "up-");
    checkout = StandInCheckout.in(folder.resolve("checkout"));
    data = folder.resolve("data");
  }

  @Test
  void askedToStopItStopsInOrderAndLeavesNothingBehind() throws Exception {
    Launched depot = launch().awaitReady();
    List<ProcessHandle> processes = depot.processes();

    depot.terminate();

    assertThat(depot.awaitEnd()).isZero();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(depot.hasRunFile()).isFalse();
  }

  @Test
  void whileItRunsTheRunFileSaysWhereEverythingIsAndNoSecret() throws Exception {
    try (Launched depot = launch().awaitReady()) {
      String password = Files.readString(data.resolve("postgresql/password")).strip();

      assertThat(depot.runFile().toString())
          .contains("http://localhost:28", "127.0.0.1:29", data.resolve("ai-models").toString())
          .doesNotContain(password);
    }
  }

  @Test
  void killedItTakesEverythingWithItAndStartsAgain() throws Exception {
    Launched depot = launch().awaitReady();
    List<ProcessHandle> processes = depot.processes();

    depot.kill();

    for (ProcessHandle process : processes) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
    try (Launched again = launch()) {
      again.awaitLine("Ready in");
    }
  }

  @Test
  void whatDiesIsStartedAgainWhereItWas() throws Exception {
    try (Launched depot = launch().awaitReady()) {
      String address = depot.runFile().path("kafka").asText();

      depot.processOf("registry").destroyForcibly();
      depot.awaitLine("✗ registry ended with status 137");
      depot.awaitLine("✓ registry");
      depot.processOf("kafka").destroyForcibly();
      depot.awaitLine("✗ kafka ended with status 137");

      assertThat(depot.awaitLine("✓ kafka")).contains(address);
    }
  }

  @Test
  void aSecondOneOnTheSameDataSaysWhoRuns() throws Exception {
    try (Launched first = launch().awaitReady();
        Launched second = launch()) {
      assertThat(second.awaitEnd()).isEqualTo(8);
      assertThat(second.allOutput())
          .contains("already runs")
          .contains(first.runFile().path("registryUrl").asText());
    }
  }

  @Test
  void aPortThatIsTakenIsReplacedAndThatIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(28080, 1, InetAddress.getLoopbackAddress());
        Launched depot = launch()) {
      assertThat(depot.awaitLine("is taken"))
          .contains("port 28080 is taken; registry is at 280")
          .doesNotContain("at " + taken.getLocalPort());
    }
  }

  @Test
  void aServiceThatDoesNotStartEndsEverythingWithItsLastWords() throws Exception {
    Launched depot = Launched.on(checkout, data, Map.of("STAND_IN_FAILS", "true"));

    assertThat(depot.awaitEnd()).isEqualTo(1);
    assertThat(depot.allOutput()).contains("This service has a reason to fail.");
    assertThat(depot.hasRunFile()).isFalse();
  }

  @Test
  void aWrongArgumentIsAWrongCommandLine() throws Exception {
    Launched depot = Launched.on(checkout, data, Map.of(), "--wrong");

    assertThat(depot.awaitEnd()).isEqualTo(2);
    assertThat(depot.allOutput()).contains("Unknown argument --wrong.");
  }

  private Launched launch() throws Exception {
    return Launched.on(checkout, data, Map.of());
  }
}
