package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is told, what was told, a test, once more. */
@Timeout(60)
class NotifyTest {
  @TempDir Path home;
  private final RegistryServer registry = new RegistryServer();
  private Shell shell = new Shell(Path.of("/"));

  @BeforeEach
  void given() {
    shell = new Shell(home).on(registry);
  }

  @AfterEach
  void end() {
    registry.close();
  }

  @Test
  void receivers_are_listed_with_what_is_wrong_with_them() {
    ObjectNode gone = receiver("ops", "stopped").put("why", "HTTP 410");
    registry.lists("GET /notifications/receivers", receiver("chat", "ready"), gone);

    Shell.Ran ran = shell.run("notify");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines().toList())
        .anySatisfy(
            line -> assertThat(line).contains("ops", "stopped", "https://hooks.example.org", "410"))
        .anySatisfy(line -> assertThat(line).contains("chat", "ready", "backup.failed space.low"));
    assertThat(shell.run("notify", "list", "-q").out()).isEqualTo("chat\nops\n");
  }

  @Test
  void the_log_is_asked_for_as_it_is_filtered_and_shows_the_last_answer() {
    registry.lists("GET /notifications", told("n-1", "given-up").put("status", 503));

    Shell.Ran ran = shell.run("notify", "log", "ops", "--filter", "state=given-up", "-n", "7");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("n-1", "backup.failed", "given-up", "503", "1 notification");
    assertThat(registry.asked("GET", "/notifications").query())
        .isEqualTo("filter=state%3Dgiven-up&receiver=ops&limit=7");
    assertThat(Json.read(shell.run("notify", "log", "--json").out()).at("/0/id").asText())
        .isEqualTo("n-1");
  }

  @Test
  void a_test_that_is_taken_ends_with_0_and_one_that_is_not_with_9() {
    ObjectNode answer = Json.object().put("receiver", "ops").put("id", "n-9").put("millis", 12);
    registry
        .answers("POST /site/notify/ops/test", answer.put("delivered", true).put("status", 204))
        .answers(
            "POST /site/notify/away/test",
            answer
                .deepCopy()
                .put("delivered", false)
                .put("said", "Nothing listens there.")
                .without("status"));

    Shell.Ran good = shell.run("notify", "test", "ops");
    Shell.Ran bad = shell.run("notify", "test", "away");

    assertThat(good.exit()).as(good.err()).isZero();
    assertThat(good.out()).isEqualTo("ops took it: HTTP 204 in 12 ms (n-9)\n");
    assertThat(registry.asked("POST", "/site/notify/ops/test").body()).isEqualTo("{}");
    assertThat(bad.exit()).isEqualTo(9);
    assertThat(bad.err()).contains("away did not take the test", "Nothing listens there.");
    Shell.Ran machine = shell.run("notify", "test", "away", "--json");
    assertThat(machine.exit()).isEqualTo(9);
    assertThat(Json.read(machine.out()).path("delivered").asBoolean(true)).isFalse();
  }

  @Test
  void what_is_told_again_is_named_or_comes_from_stdin_and_one_unknown_is_a_part() {
    registry
        .answers("POST /notifications/n-1/retry", told("n-1", "waiting"))
        .answers("POST /notifications/n-2/retry", told("n-2", "waiting"));

    assertThat(shell.run("notify", "retry", "n-1").out()).isEqualTo("n-1 is told again\n");
    assertThat(shell.typing("n-1 ops\nn-2 ops\n").run("notify", "retry", "-").exit()).isZero();
    assertThat(shell.run("notify", "retry", "n-3").exit()).isEqualTo(4);
    assertThat(shell.run("notify", "retry", "n-1", "n-3").exit()).isEqualTo(3);
  }

  @Test
  void what_makes_no_sense_is_a_usage_error_that_names_what_may_be_meant() {
    Shell.Ran ran = shell.run("notify", "retri");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("list, log, test, retry", "notify retry");
    assertThat(shell.run("notify", "test").exit()).isEqualTo(2);
    assertThat(shell.run("notify", "test", "a", "b").exit()).isEqualTo(2);
    assertThat(shell.run("notify", "retry").exit()).isEqualTo(2);
    assertThat(shell.run("notify", "list", "ops").exit()).isEqualTo(2);
    assertThat(shell.run("notify", "log", "-n", "0").exit()).isEqualTo(2);
  }

  private static ObjectNode receiver(String name, String state) {
    ObjectNode receiver = Json.object().put("name", name).put("state", state);
    receiver.putArray("on").add("backup.failed").add("space.low");
    return receiver.put("template", "slack").put("to", "https://hooks.example.org");
  }

  private static ObjectNode told(String id, String state) {
    return Json.object()
        .put("id", id)
        .put("receiver", "ops")
        .put("kind", "backup.failed")
        .put("object", "maintenance/r-1")
        .put("state", state)
        .put("attempts", 3)
        .put("millis", 40)
        .put("createdAt", "2026-11-23T11:00:00Z");
  }
}
