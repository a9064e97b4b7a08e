package io.modeldepot.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
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
  void downEndsWhatUpStartedAndIsContentWhereNothingRuns() throws Exception {
    Launched depot = launch().awaitReady();
    List<ProcessHandle> processes = depot.processes();

    assertThat(down()).isZero();

    assertThat(depot.awaitEnd()).isZero();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(down()).isZero();
  }

  @Test
  void downEndsWhatAKilledOneLeftBehindAndTouchesNobodyElse() throws Exception {
    Files.createDirectories(data);
    Process left = new ProcessBuilder("sleep", "600").start();
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      RunFile file = new RunFile(data);
      file.record(Map.of("registry", RunFile.Recorded.of(left.toHandle())));
      Files.writeString(
          data.resolve("run.json"),
          Files.readString(data.resolve("run.json"))
              .replaceFirst("\"pid\" : [0-9]+", "\"pid\" : " + other.pid()));

      assertThat(down()).isZero();

      assertThat(left.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(other.isAlive()).as("has the number, and started at another time").isTrue();
    } finally {
      left.destroyForcibly();
      other.destroyForcibly();
    }
  }

  private int down() throws Exception {
    PrintStream quiet = new PrintStream(OutputStream.nullOutputStream());
    return new DownCommand(quiet, quiet)
        .run(new String[] {"--data", data.toString()}, Map.of(), checkout);
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
  void thePortThatReplacesATakenOneIsPromisedToNobodyElse() throws Exception {
    try (ServerSocket taken = new ServerSocket(28080, 1, InetAddress.getLoopbackAddress());
        Launched depot = launch().awaitReady()) {
      assertThat(depot.allPorts()).doesNotHaveDuplicates().doesNotContain(taken.getLocalPort());
    }
  }

  @Test
  void afterItsEndItIsStillKnownWhereTheModelsAre() throws Exception {
    Launched depot = launch().awaitReady();

    depot.terminate();

    assertThat(depot.awaitEnd()).isZero();
    assertThat(Files.readString(data.resolve("last.json")))
        .contains(data.resolve("ai-models").toString());
  }

  @Test
  void theHubsTokenReachesTheDownloaderAndNobodyElse() throws Exception {
    Map<String, String> token = Map.of("HF_TOKEN", "hf_not-for-everybody");
    try (Launched depot = Launched.on(checkout, data, token).awaitReady()) {
      long downloader = depot.processOf("downloader").pid();

      assertThat(depot.processes())
          .filteredOn(process -> environment(process).contains("hf_not-for-everybody"))
          .extracting(ProcessHandle::pid)
          .containsExactly(downloader);
    }
  }

  @Test
  void aDataDirectoryThatCannotBeMadeIsSaidInWords() throws Exception {
    Path file = Files.writeString(data.resolveSibling("a-file"), "");
    Launched depot = Launched.on(checkout, file.resolve("data"), Map.of());

    assertThat(depot.awaitEnd()).isEqualTo(1);
    assertThat(depot.allOutput())
        .contains("error: the data directory", file.toString(), "Try:")
        .doesNotContain("Exception");
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

  private static String environment(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private Launched launch() throws Exception {
    return Launched.on(checkout, data, Map.of());
  }
}
