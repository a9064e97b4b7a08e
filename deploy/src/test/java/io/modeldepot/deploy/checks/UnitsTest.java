package io.modeldepot.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.facts.Services;
import io.modeldepot.deploy.facts.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units for systemd: held against the code, and by systemd where it is. */
class UnitsTest {
  private static final String FOLDER = "deploy/systemd/";
  private static final String PROGRAM = "/opt/model-depot/deploy/docker/entrypoint.sh";

  /** Of the C library and of PostgreSQL's unpacking, not settings of a service. */
  private static final List<String> NOT_OURS = List.of("MALLOC_ARENA_MAX", "XDG_CACHE_HOME");

  @TempDir Path root;

  @Test
  void everyServiceHasItsUnitWithTheHeapOfMakeUp() {
    for (String service : Services.NAMES) {
      assertThat(unit(service))
          .contains("-Xmx" + Services.heap(service) + "m ")
          .contains("EnvironmentFile=-/etc/model-depot/" + service + ".env")
          .contains(service + "-service/target/quarkus-app/quarkus-run.jar");
    }
  }

  @Test
  void whatHashesIsCompiledByAllCompilers() {
    assertThat(List.of("downloader", "janitor"))
        .noneMatch(it -> unit(it).contains("TieredStopAtLevel"));
  }

  @Test
  void everySettingExists() {
    for (String service : Services.NAMES) {
      assertThat(variables(unit(service) + shared()))
          .filteredOn(it -> !NOT_OURS.contains(it))
          .allMatch(it -> Settings.has(service, it), "is read by " + service)
          .hasSizeGreaterThan(0);
    }
  }

  @Test
  void enginesAreTheProgramsOfTheStandaloneModuleAtItsPorts() {
    String plan =
        Checkout.read("standalone/src/main/java/io/modeldepot/standalone/process/Plan.java");
    for (String engine : List.of("kafka", "postgresql")) {
      String unit = unit(engine);
      String main = first("(io\\.modeldepot\\.[A-Za-z.]+)", unit);
      String port = first("--port (\\d+)", unit);

      assertThat(Checkout.file("standalone/src/main/java/" + main.replace('.', '/') + ".java"))
          .exists();
      assertThat(plan).contains("= " + port + ";");
      assertThat(unit).contains("/dev/tcp/127.0.0.1/" + port + ";");
    }
  }

  @Test
  void onlyThoseWhoMayWriteMayWriteToTheVolume() {
    assertThat(Services.NAMES)
        .filteredOn(it -> unit(it).contains("ReadWritePaths=/opt/ai-models"))
        .containsExactly("downloader", "janitor");
  }

  @Test
  void whatIsInstalledIsWhatUnitsStart() {
    String makefile = Checkout.read("Makefile");

    assertThat(makefile).contains("$$target/deploy/docker/entrypoint.sh");
    assertThat(makefile).contains("SERVICES := " + String.join(" ", Services.NAMES));
  }

  @Test
  void systemdFindsNothingToSay() throws Exception {
    assumeTrue(isThere("systemd-analyze"), "systemd-analyze is not here");
    List<String> units = copied();
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "--man=no", "verify"));
    command.addAll(units);

    assertThat(run(command)).isEmpty();
  }

  @Test
  void systemdFindsEveryUnitTight() throws Exception {
    assumeTrue(isThere("systemd-analyze"), "systemd-analyze is not here");
    for (String unit : copied()) {
      if (unit.endsWith(".service")) {
        String said =
            run(List.of("systemd-analyze", "--no-pager", "--offline=yes", "security", unit));

        assertThat(Double.parseDouble(first("Overall exposure level for .*: ([0-9.]+)", said)))
            .as(said)
            .isLessThan(2);
      }
    }
  }

  /** The same units with a program that is on this machine. */
  private List<String> copied() throws IOException {
    List<String> units = new ArrayList<>();
    Path from = Checkout.file(FOLDER);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path to = root.resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.writeString(to, Files.readString(file).replace(PROGRAM, "/bin/true"));
        if (file.toString().matches(".*\\.(service|target)")) {
          units.add(to.toString());
        }
      }
    }
    return units;
  }

  private String run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SYSTEMD_UNIT_PATH", root + ":");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return said;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
  }

  private static String unit(String service) {
    return Checkout.read(FOLDER + "model-depot-" + service + ".service");
  }

  private static String shared() {
    return Checkout.read(FOLDER + "model-depot-.service.d/10-all.conf");
  }

  private static List<String> variables(String unit) {
    return Pattern.compile("(?m)^Environment=(.*)$")
        .matcher(unit)
        .results()
        .map((MatchResult it) -> it.group(1))
        .flatMap(it -> it.startsWith("\"") ? Stream.of(it.substring(1)) : Stream.of(it.split(" ")))
        .map(it -> it.substring(0, it.indexOf('=')))
        .toList();
  }

  private static String first(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
  }
}
