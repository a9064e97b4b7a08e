package io.modeldepot.cli.command;

import io.modeldepot.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The outside of the process: the one place that touches it. */
public record Surroundings(
    Map<String, String> environment,
    Terminal terminal,
    BufferedReader input,
    OutputStream out,
    OutputStream err,
    Path workingDirectory,
    Optional<Path> depotRoot,
    String program,
    String version,
    InstantSource clock) {

  /** Of this process, as the launcher described it. */
  public static Surroundings ofThisProcess() {
    String root = System.getProperty("depot.root", "");
    String version = Surroundings.class.getPackage().getImplementationVersion();
    return new Surroundings(
        System.getenv(),
        Terminal.of(System.getProperties(), System.getenv()),
        new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
        StandardStream.out(),
        StandardStream.err(),
        Path.of("").toAbsolutePath(),
        root.isEmpty() ? Optional.empty() : Optional.of(Path.of(root)),
        System.getProperty("depot.program", "manage-ai-models.sh"),
        version == null ? "unbuilt" : version.replace("-SNAPSHOT", ""),
        Clock.systemUTC());
  }
}
