package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the built command as people start them. Runs after the jar was made. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandProcessTest {
  private static final Path ROOT = Path.of(System.getProperty("depot.root", "..")).toAbsolutePath();
  private static final Path LAUNCHER = ROOT.resolve("scripts/manage-ai-models.sh");

  private static final boolean ROOT_RUNS_THIS = "root".equals(System.getProperty("user.name"));

  @TempDir Path home;
  private final RegistryServer registry = new RegistryServer();

  private record Ran(int exit, String out, String err) {}

  @AfterEach
  void end() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    registry.close();
  }

  @Test
  void it_works_from_any_directory_through_a_link_and_prints_one_line() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("depot"), LAUNCHER);

    Ran ran = run(command(link.toString(), "version"));

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("Model Depot ").hasLineCount(1);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void the_exit_code_arrives_and_a_pipe_gets_no_escape() throws Exception {
    registry.lists("GET /models", Examples.model());

    Ran ran = run(command(LAUNCHER.toString(), "list"));

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("llama2-7b").doesNotContain("\u001b");
    assertThat(run(command(LAUNCHER.toString(), "status", "nothing")).exit()).isEqualTo(4);
  }

  @Test
  void in_a_locale_without_utf8_the_table_is_ascii() throws Exception {
    ObjectNode model = Examples.model().put("licence", "許可");
    registry.lists("GET /models", model);
    ProcessBuilder command = command(LAUNCHER.toString(), "list", "-o", "wide");
    command.environment().put("LC_ALL", "C");

    Ran ran = run(command);

    assertThat(ran.out()).contains("\\u8a31\\u53ef");
    assertThat(ran.out().chars().allMatch(c -> c < 127)).isTrue();
  }

  @Test
  void not_built_yet_says_what_to_do() throws Exception {
    ProcessBuilder command = command(LAUNCHER.toString(), "version");
    command.environment().put("DEPOT_CLI_HOME", home.toString());

    Ran ran = run(command);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("not built yet", "build");
  }

  @Test
  void interrupting_a_download_leaves_it_running_and_says_how_to_follow() throws Exception {
    registry.answers("POST /downloads", 202, running());
    registry.answers("GET /downloads/r-1", running());
    Process process = interruptible(command(LAUNCHER.toString(), "download", "llama2-7b")).start();
    BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
    String progress = err.readLine();

    interrupt(process);
    List<String> said = err.lines().toList();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(progress).contains("llama2-7b transfer");
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(said).anyMatch(line -> line.startsWith("Still running: job r-1"));
    assertThat(said).anyMatch(line -> line.endsWith(" watch r-1"));
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("DELETE"));
  }

  @Test
  void interrupting_works_at_once_while_the_registry_hangs() throws Exception {
    registry.withoutEvents().hangs("GET /downloads/r-1");
    registry.answers("POST /downloads", 202, running());
    Process process = interruptible(command(LAUNCHER.toString(), "download", "llama2-7b")).start();
    BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
    assertThat(err.readLine()).contains("llama2-7b transfer");
    registry.awaitAsked("GET", "/downloads/r-1");

    interrupt(process);

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(err.lines()).anyMatch(line -> line.startsWith("Still running: job r-1"));
  }

  @Test
  void at_the_question_whether_to_cancel_ctrl_c_is_an_end_again() throws Exception {
    registry.answers("POST /downloads", 202, running());
    registry.answers("GET /downloads/r-1", running());
    ProcessBuilder onTerminal =
        command(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Ddepot.tty.in=1",
            "-Ddepot.tty.err=1",
            "-cp",
            ROOT.resolve("cli/target/dist/lib") + "/*",
            "io.modeldepot.cli.Main",
            "download",
            "llama2-7b",
            "--progress=lines");
    onTerminal.environment().put("TERM", "dumb");
    Process process = interruptible(onTerminal).start();
    BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
    assertThat(err.readLine()).contains("llama2-7b transfer");
    interrupt(process);
    for (String line = ""; !line.contains("Ctrl-C again"); ) {
      line = err.readLine();
    }
    interrupt(process);
    for (int c = err.read(); c != '['; ) {
      c = err.read();
    }

    interrupt(process);

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("DELETE"));
  }

  /**
   * Who runs the tests in the background of a script has SIGINT ignored, and a child inherits that;
   * a command on a terminal is not so. GNU's env undoes it.
   */
  private static ProcessBuilder interruptible(ProcessBuilder builder) throws Exception {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> probe = Stream.concat(env.stream(), Stream.of("true")).toList();
    if (new ProcessBuilder(probe).redirectErrorStream(true).start().waitFor() == 0) {
      builder.command(Stream.concat(env.stream(), builder.command().stream()).toList());
    }
    return builder;
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  @Test
  void tab_completes_commands_options_and_names_without_starting_anything() throws Exception {
    Path names = home.resolve("cache/model-depot/names");
    Files.createDirectories(names.getParent());
    Files.write(names, List.of("llama2-7b", "mistral-7b"));
    Path script = home.resolve("completion.bash");
    Files.writeString(script, run(command(LAUNCHER.toString(), "completion", "bash")).out());

    assertThat(tab(script, "manage-ai-models.sh", "down")).containsExactly("download", "downloads");
    assertThat(tab(script, "manage-ai-models.sh", "download", "mis")).containsExactly("mistral-7b");
    assertThat(tab(script, "manage-ai-models.sh", "--url", "x", "path", ""))
        .containsExactly("llama2-7b", "mistral-7b");
    assertThat(tab(script, "manage-ai-models.sh", "download", "--pl")).containsExactly("--plan");
    assertThat(tab(script, "manage-ai-models.sh", "list", "-o", "c")).containsExactly("csv");
    for (String command :
        List.of("wait", "explain", "versions", "archive", "unarchive", "cleanup", "spread")) {
      assertThat(tab(script, "manage-ai-models.sh", command, "mis"))
          .as(command)
          .containsExactly("mistral-7b");
    }
    assertThat(tab(script, "manage-ai-models.sh", "wait", "mistral-7b", "--for", "pl"))
        .containsExactly("placed");
    assertThat(tab(script, "manage-ai-models.sh", "events", "--model", "ll"))
        .containsExactly("llama2-7b");
  }

  @Test
  void a_reader_that_goes_away_ends_the_command_quietly() throws Exception {
    ObjectNode removed = Json.object().put("model", "phi-2").put("reason", "command");
    // What is written after the reader has gone is what tells the command; head may read two at
    // once.
    Thread more =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
                    registry.event("model-removed", "e" + n, removed);
                    LockSupport.parkNanos(100_000_000);
                  }
                });

    Ran ran = run(piped("events", "| head -1"));
    more.interrupt();

    assertThat(ran.out().lines().toList())
        .satisfiesExactly(
            event -> assertThat(event).contains("phi-2 removed"),
            codes -> assertThat(codes).isEqualTo("141 0"));
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void a_full_disk_is_no_success() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")));

    Ran ran = run(piped("version", "> /dev/full"));

    assertThat(ran.out()).isEqualTo("6\n");
    assertThat(ran.err()).contains("error: the answer cannot be written to stdout");
  }

  /** The command before a pipe or a redirection, then the exit codes of all. */
  private ProcessBuilder piped(String words, String rest) {
    return command(
        "bash",
        "--norc",
        "-c",
        "'" + LAUNCHER + "' " + words + " " + rest + "; echo ${PIPESTATUS[*]}");
  }

  @Test
  void a_directory_that_may_not_be_read_is_named_and_is_no_bug_of_ours() throws Exception {
    open(home);
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("config.json"), "{\"model_type\":\"phi\"}");
    Path closed = Files.createDirectory(tree.resolve("closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    Ran setUp = run(asNobody("setup"));

    Ran ran = run(asNobody("import", tree.toString(), "--name", "mine", "--offline"));

    assertThat(setUp.exit()).as(setUp.err()).isZero();
    assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains("error: " + closed + " may not be read by you");
  }

  @Test
  void who_may_not_write_to_a_volume_is_told_whose_it_is_and_not_to_take_it() throws Exception {
    assumeTrue(ROOT_RUNS_THIS, "needs a second user");
    open(home);
    Files.createDirectories(home.resolve("models/.depot"));

    Ran ran = run(asNobody("setup"));

    assertThat(ran.exit()).as(ran.err()).isEqualTo(9);
    assertThat(ran.err())
        .contains("error: " + home.resolve("models/.depot") + "/", "permission denied")
        .contains("sudo -u root " + LAUNCHER)
        .doesNotContain("install -d");
  }

  @Test
  void who_may_not_make_a_volume_is_told_how_to_get_the_directory() throws Exception {
    assumeTrue(ROOT_RUNS_THIS, "needs a second user");
    open(home);
    Path closed = Files.createDirectory(home.resolve("closed"));

    Ran ran = run(asNobody("setup", "--models-dir", closed.resolve("models").toString()));

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains("sudo install -d -o \"$USER\" -m 0755 " + closed);
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** The command as a user who owns nothing, or as this user where that is not root. */
  private ProcessBuilder asNobody(String... words) {
    List<String> command = new ArrayList<>();
    if (ROOT_RUNS_THIS) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.add(LAUNCHER.toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = command(command.toArray(String[]::new));
    builder.environment().put("MODELS_DIR", home.resolve("models").toString());
    return builder;
  }

  /** What bash offers for these words, with an empty PATH: nothing could be started. */
  private List<String> tab(Path script, String... words) throws Exception {
    StringBuilder bash = new StringBuilder("source '" + script + "'; PATH=/nothing; COMP_WORDS=(");
    for (String word : words) {
      bash.append("'").append(word).append("' ");
    }
    bash.append("); COMP_CWORD=").append(words.length - 1);
    bash.append("; _manage_ai_models; printf '%s\\n' \"${COMPREPLY[@]}\"");
    ProcessBuilder shell = new ProcessBuilder("bash", "--norc", "-c", bash.toString());
    shell.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    Ran ran = run(shell);
    assertThat(ran.err()).isEmpty();
    return ran.out().lines().sorted().toList();
  }

  private ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    builder.environment().put("DEPOT_URL", registry.url());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  private static Ran run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out, err);
  }

  @Test
  void interrupting_an_export_leaves_no_half_file() throws Exception {
    Path volume = home.resolve("models");
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("config.json"), "{\"model_type\":\"phi\"}");
    run(onVolume(volume, "setup"));
    Ran taken = run(onVolume(volume, "import", tree.toString(), "--name", "mine", "--offline"));
    assertThat(taken.exit()).as(taken.err()).isZero();
    Path file;
    try (Stream<Path> files = Files.walk(volume.resolve("versions"))) {
      file = files.filter(it -> it.endsWith("config.json")).findFirst().orElseThrow();
    }
    // Nobody ever writes to it: the export waits in the middle, for as long as it takes.
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    Path unfinished = home.resolve(".depot.tar.gz.part");
    Process export =
        interruptible(onVolume(volume, "export", home.resolve("depot.tar.gz").toString())).start();
    while (!Files.exists(unfinished)) {
      assertThat(export.isAlive()).isTrue();
      Thread.onSpinWait();
    }

    interrupt(export);

    assertThat(export.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(export.exitValue()).isEqualTo(130);
    assertThat(unfinished).doesNotExist();
    assertThat(home.resolve("depot.tar.gz")).doesNotExist();
  }

  @Test
  void interrupting_an_import_of_a_bundle_publishes_nothing_and_the_same_command_goes_on()
      throws Exception {
    Path near = home.resolve("near");
    Path far = home.resolve("far");
    Path bundle = home.resolve("bundle");
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("config.json"), "{\"model_type\":\"phi\"}");
    run(onVolume(near, "setup"));
    run(onVolume(far, "setup"));
    run(onVolume(near, "import", tree.toString(), "--name", "mine", "--offline"));
    Ran made =
        run(onVolume(near, "bundle", "create", "mine", "--to", bundle.toString(), "--unsigned"));
    assertThat(made.exit()).as(made.err()).isZero();
    ProcessBuilder taking =
        onVolume(far, "bundle", "import", bundle.toString(), "--untrusted", "--progress=json");
    ModelStore store = ModelStore.open(far);
    Path place = store.claimPlace(ModelName.of("mine"));
    int exit;
    try (Claims claims = store.claims("somebody-else")) {
      boolean unused = claims.create(place);
      claims.startBeating();
      // Somebody else works on the model: the import can verify, and then waits for as long as it
      // takes.
      try (Claim held = claims.takeIfPossible(place).orElseThrow()) {
        Process process = interruptible(taking).start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).contains("progress");

        interrupt(process);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        exit = process.exitValue();
        held.requireHeld();
      }
    }
    boolean published = store.versions().current(ModelName.of("mine")).isPresent();
    Ran again = run(taking);

    assertThat(exit).isEqualTo(130);
    assertThat(published).isFalse();
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(run(onVolume(far, "verify")).exit()).isZero();
    assertThat(run(onVolume(far, "path", "mine")).exit()).isZero();
  }

  private ProcessBuilder onVolume(Path volume, String... words) {
    List<String> line = new ArrayList<>(List.of(LAUNCHER.toString()));
    line.addAll(List.of(words));
    ProcessBuilder command = command(line.toArray(String[]::new));
    command.environment().put("MODELS_DIR", volume.toString());
    return command;
  }

  private static ObjectNode running() {
    ObjectNode job = Examples.download().put("id", "r-1").put("state", "transferring");
    job.remove("problem");
    return job;
  }
}
