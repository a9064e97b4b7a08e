package io.modeldepot.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a depot starts and ends; what one does in between is in {@link RunningDepotTest}. */
class UpCommandTest {
  private static Path checkout = Path.of("");

  @TempDir(factory = InMemory.class)
  Path folder;

  private Path data = Path.of("");

  @BeforeAll
  static void layOut() throws Exception {
    checkout = StandInCheckout.create();
  }

  @BeforeEach
  void chooseData() {
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
    assertThat(Files.readString(data.resolve("last.json")))
        .as("it is still known where the models are")
        .contains(data.resolve("ai-models").toString());
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

  private Launched launch() throws Exception {
    return Launched.on(checkout, data, Map.of());
  }
}
