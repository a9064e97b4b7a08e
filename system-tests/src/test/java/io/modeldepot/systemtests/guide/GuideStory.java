package io.modeldepot.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.guide.Guide.Mark;
import io.modeldepot.testkit.process.Repository;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The README and then the operator guide, command by command as a newcomer reads them, against a
 * depot on which nothing was done yet; at last everything that a problem offers to be typed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideStory {
  static final Guide README = Guide.of("README.md");
  static final Guide OPERATOR = Guide.of("docs/operator-guide.md");

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
  Stream<DynamicTest> everyCommandWorks() {
    return Stream.of(
            README.commands(),
            OPERATOR.commands(),
            Remedies.commands("phi-2", "microsoft/phi-2", "guide-1"))
        .flatMap(List::stream)
        .map(command -> DynamicTest.dynamicTest(command.toString(), () -> works(command)));
  }

  private void works(Guide.Command command) {
    switch (command.mark()) {
      case Mark.Run() -> run(command, "");
      case Mark.Needs(String program) -> {
        assumeTrue(Shell.has(program), () -> "no " + program + " on this machine");
        run(command, "");
      }
      case Mark.Starts(String program) ->
          run(command, program + "() { test -f \"$2/config.json\"; }; ");
      case Mark.By(String test) -> assertThat(Guide.sourceOf(test)).as(test).isNotEmpty();
    }
  }

  private void run(Guide.Command command, String before) {
    String line =
        command
            .text()
            .replace("localhost:8080", depot.registryProcess().url().getAuthority())
            .replace("localhost:9092", depot.broker().bootstrapServers());
    Shell.Result result = shell.run("set -euo pipefail; " + before + line);
    assertThat(result.exit()).as("%s%n%s%n%s", command, result.out(), result.err()).isEqualTo(0);
  }
}
