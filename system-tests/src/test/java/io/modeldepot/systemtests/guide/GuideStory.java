package io.modeldepot.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.testkit.process.Repository;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The operator guide, command by command, against a depot on which nothing was done yet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideStory {
  private static final String OPERATOR = "operator-guide.md";

  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final Shell shell =
      new Shell(
          Repository.root(),
          Map.of(
              "MODELS_DIR", depot.models().toString(),
              "DEPOT_URL", depot.registryProcess().url().toString(),
              "KAFKA_BOOTSTRAP_SERVERS", depot.broker().bootstrapServers(),
              "TMPDIR", Repository.newDataFolder("guide").toString(),
              "NO_COLOR", "1"));

  @BeforeAll
  void start() {
    depot.placement(0).launch();
    depot.addJanitor().start();
    depot.placement(0).awaitReady();
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCommandOfTheOperatorGuideWorks() {
    return Guide.commands(OPERATOR).stream()
        .map(command -> DynamicTest.dynamicTest(command.toString(), () -> works(command)));
  }

  @Test
  void theOperatorGuideHasCommandsToRun() {
    List<Guide.Command> commands = Guide.commands(OPERATOR);
    assertThat(commands).hasSizeGreaterThan(40);
    assertThat(commands).filteredOn(it -> it.needs().isPresent()).hasSizeLessThan(4);
  }

  private void works(Guide.Command command) {
    command
        .needs()
        .ifPresent(
            program -> assumeTrue(Shell.has(program), () -> "no " + program + " on this machine"));
    Shell.Result result = shell.run("set -euo pipefail; " + command.text());
    assertThat(result.exit()).as("%s%n%s%n%s", command, result.out(), result.err()).isEqualTo(0);
  }
}
