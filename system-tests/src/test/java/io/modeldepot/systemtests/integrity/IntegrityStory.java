package io.modeldepot.systemtests.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.store.ModelStore;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Rot;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One depot, one model, bits that flip, and janitors that are killed while they see to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IntegrityStory {
  private static final Duration LONG = Duration.ofMinutes(3);

  private static final Pattern CHANGES =
      Pattern.compile(
          "\\b(mkdir|mkdirat|rename|renameat|renameat2|link|linkat|symlink|symlinkat|unlink"
              + "|unlinkat|rmdir|truncate|chmod|fchmodat|fchmodat2|utimensat|mknod|mknodat|creat"
              + "|setxattr)\\(");
  private static final Pattern OPENS = Pattern.compile("\\bopen(at|at2)?\\(");
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();
  private ServiceProcess janitor = depot.addJanitor();

  @BeforeAll
  void start() {
    janitor.start();
    String id = registry.download(Map.of("model", "phi-2"));
    JsonNode end = registry.ended(id, LONG);
    assertThat(end.path("state").asText()).as("%s", end).isEqualTo("done");
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void aDryRunWritesNothingBelowTheStore() throws Exception {
    assumeTrue(Shell.has("strace"), "There is no strace on this machine");
    Path trace = depot.models().resolveSibling("trace-" + System.nanoTime() + ".txt");
    Process strace =
        new ProcessBuilder(
                "strace",
                "-f",
                "-s",
                "4096",
                "-e",
                "trace=%file",
                "-o",
                trace.toString(),
                "-p",
                Long.toString(janitor.pid()))
            .redirectErrorStream(true)
            .start();
    try {
      boolean attached = strace.inputReader().readLine().contains("attached");
      assumeTrue(attached, "This machine lets nobody trace a process");
      String said = depot.shell().depot("cleanup --dry-run").ok();
      assertThat(said).contains("Plan c-");
    } finally {
      strace.toHandle().destroy();
      var unused = strace.waitFor();
    }

    List<String> lines = Files.readAllLines(trace);
    Files.delete(trace);
    String below = depot.models() + "/";
    String remembers = depot.models() + "/.depot/janitor/";
    List<String> written = new ArrayList<>();
    for (String line : lines) {
      if (isChange(line) && !line.contains(" = -1 ")) {
        Matcher paths = QUOTED.matcher(line);
        while (paths.find()) {
          if (paths.group(1).startsWith(below) && !paths.group(1).startsWith(remembers)) {
            written.add(line);
          }
        }
      }
    }
    assertThat(lines).as("it looked at the store").anyMatch(it -> it.contains(below + "versions"));
    assertThat(lines)
        .as("it wrote its plan down")
        .anyMatch(it -> isChange(it) && it.contains(remembers + "plans"));
    assertThat(written).isEmpty();
  }

  private static boolean isChange(String line) {
    return CHANGES.matcher(line).find()
        || (OPENS.matcher(line).find()
            && Stream.of("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC").anyMatch(line::contains));
  }

  @Test
  @Order(2)
  void whatRotsIsRepairedOnCommand() throws IOException {
    Rot.flip(weights());
    Shell shell = depot.shell();
    assertThat(shell.depot("verify phi-2").exit()).isEqualTo(1);

    Shell.Result said = shell.depot("verify phi-2 --repair");

    assertThat(said.exit()).as(said.err()).isEqualTo(1);
    assertThat(said.out()).contains("1 damaged");
    until("it is whole", () -> shell.depot("verify phi-2").exit() == 0);
    assertThat(ModelStore.open(depot.models()).invariants().brokenAtAnyMoment()).isEmpty();
  }

  @Test
  @Order(3)
  void whatIsDamagedIsSaidToBeUntilItIsRepaired() throws IOException {
    Rot.flip(weights());
    asked("verify");
    until("it is said to be damaged", () -> state().equals("damaged"));
    Shell shell = depot.shell();
    assertThat(shell.depot("list --filter state=damaged -q").ok().strip()).isEqualTo("phi-2");
    assertThat(shell.depot("status").out()).contains("1 damaged", "phi-2@");

    asked("repair");
    until("it is said to be whole", () -> state().equals("present"));
    assertThat(shell.depot("list --filter state=damaged -q").ok()).isBlank();
    assertThat(shell.depot("status").out()).doesNotContain("phi-2@");
  }

  private String state() {
    return registry.get("/models/phi-2").body().path("state").asText();
  }

  private void asked(String action) {
    var unused =
        registry.post(
            "/integrity", Map.of("scope", "integrity", "action", action, "model", "phi-2"));
  }

  @Test
  @Order(4)
  void aJanitorThatIsKilledWhileItRepairsIsFinishedByTheNext() throws IOException {
    Path jobs = depot.models().resolve(".depot/janitor/jobs");
    Path downloads = depot.models().resolve("downloads");
    killedOnce("heard", () -> Files.exists(jobs.resolve("heard.json")));
    long before = count(downloads);
    killedOnce("begun", () -> count(downloads) > before);
    long journals = journals(downloads);
    killedOnce("left", () -> journals(downloads) > journals);
  }

  /** Kills the janitor as soon as something is so; the next one goes on. */
  private void killedOnce(String request, BooleanSupplier moment) throws IOException {
    Rot.flip(weights());
    registry.post(
        "/integrity",
        Map.of("scope", "integrity", "action", "repair", "model", "phi-2", "requestId", request));
    until(request, moment);
    janitor.kill();
    janitor = depot.addJanitor().start();

    Wait.until(
        request + " has ended",
        LONG,
        () -> registry.get("/integrity/" + request).body().path("final").asBoolean(),
        depot::logs);
    Wait.until(
        "it is whole after " + request,
        LONG,
        () -> depot.shell().depot("verify phi-2").exit() == 0,
        depot::logs);
    assertThat(ModelStore.open(depot.models()).invariants().brokenAtAnyMoment()).isEmpty();
  }

  private Path weights() throws IOException {
    try (Stream<Path> files = Files.walk(depot.models().resolve("versions/phi-2"))) {
      return files
          .filter(it -> it.toString().endsWith(".safetensors"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static long count(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(it -> !it.getFileName().toString().startsWith(".")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long journals(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(it -> it.toString().endsWith(".json")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void until(String what, BooleanSupplier look) {
    Wait.until(what, LONG, look::getAsBoolean, depot::logs);
  }
}
