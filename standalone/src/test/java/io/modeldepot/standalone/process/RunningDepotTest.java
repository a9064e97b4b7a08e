package io.modeldepot.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds while a depot runs. One is started for all of these, where the registry's port is
 * taken and the hub's token is known; each leaves it as it was.
 */
class RunningDepotTest {
  private static final int TAKEN = 28_080;
  private static final String TOKEN = "hf_not-for-everybody";

  private static Path checkout = Path.of("");
  private static Path data = Path.of("");

  @TempDir(factory = InMemory.class)
  static Path folder;

  private static ServerSocket taken;
  private static Launched depot;

  @BeforeAll
  static void start() throws Exception {
    checkout = StandInCheckout.create();
    data = folder.resolve("data");
    taken = new ServerSocket(TAKEN, 1, InetAddress.getLoopbackAddress());
    depot = Launched.on(checkout, data, Map.of("HF_TOKEN", TOKEN));
    depot.awaitReady();
  }

  @AfterAll
  static void stop() throws Exception {
    try (ServerSocket _ = taken) {
      if (depot != null) {
        depot.close();
      }
    }
  }

  @Test
  void theRunFileSaysWhereEverythingIsAndNoSecret() throws Exception {
    String password = Files.readString(data.resolve("postgresql/password")).strip();

    assertThat(depot.runFile().toString())
        .contains("http://localhost:28", "127.0.0.1:29", data.resolve("ai-models").toString())
        .doesNotContain(password)
        .doesNotContain(TOKEN);
  }

  @Test
  void whatDiesIsStartedAgainWhereItWas() throws Exception {
    String address = depot.runFile().path("kafka").asText();

    depot.processOf("registry").destroyForcibly();
    depot.awaitLine("✗ registry ended with status 137");
    depot.awaitLine("✓ registry");
    depot.processOf("kafka").destroyForcibly();
    depot.awaitLine("✗ kafka ended with status 137");

    assertThat(depot.awaitLine("✓ kafka")).contains(address);
  }

  @Test
  void aSecondOneOnTheSameDataSaysWhoRuns() throws Exception {
    try (Launched second = Launched.on(checkout, data, Map.of())) {
      assertThat(second.awaitEnd()).isEqualTo(8);
      assertThat(second.allOutput())
          .contains("already runs")
          .contains(depot.runFile().path("registryUrl").asText());
    }
  }

  @Test
  void aPortThatIsTakenIsReplacedAndThatIsSaid() {
    assertThat(depot.said())
        .filteredOn(line -> line.contains("port " + TAKEN + " is taken"))
        .singleElement()
        .asString()
        .contains("registry is at 280")
        .doesNotContain("at " + TAKEN);
  }

  @Test
  void thePortThatReplacesATakenOneIsPromisedToNobodyElse() throws Exception {
    assertThat(depot.allPorts()).doesNotHaveDuplicates().doesNotContain(TAKEN);
  }

  @Test
  void theHubsTokenReachesTheDownloaderAndNobodyElse() throws Exception {
    long downloader = depot.processOf("downloader").pid();

    assertThat(depot.processes())
        .filteredOn(process -> environment(process).contains(TOKEN))
        .extracting(ProcessHandle::pid)
        .containsExactly(downloader);
  }

  private static String environment(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
