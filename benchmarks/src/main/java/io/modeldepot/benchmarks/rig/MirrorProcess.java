package io.modeldepot.benchmarks.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The mirror in a process of its own, as it is run alone. */
public final class MirrorProcess implements AutoCloseable {
  /** How far the JVM compiles. */
  public enum Compiler {
    /** Ready soonest, as {@code make up} starts it. */
    FIRST("-XX:TieredStopAtLevel=1"),
    /** Fastest once it is warm, as a mirror that runs for days is started. */
    BOTH("-XX:+TieredCompilation");

    private final String flag;

    Compiler(String flag) {
      this.flag = flag;
    }
  }

  private final Process process;
  private final URI url;

  private MirrorProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param root the checkout, built
   * @param work where its log is kept
   * @param volume what it serves
   * @param environment settings beside the defaults
   * @param compiler which of the JVM's it may use
   */
  public static MirrorProcess start(
      Path root, Path work, Path volume, Map<String, String> environment, Compiler compiler)
      throws IOException, InterruptedException {
    int port = Rig.freePort();
    URI url = URI.create("http://127.0.0.1:" + port);
    ProcessBuilder mirror =
        Rig.java(List.of(compiler.flag, "-Xmx96m", "--enable-native-access=ALL-UNNAMED"));
    mirror
        .command()
        .addAll(List.of("-jar", root + "/mirror-service/target/quarkus-app/quarkus-run.jar"));
    mirror.environment().put("MODELS_DIR", volume.toString());
    mirror.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    mirror.environment().putAll(environment);
    Process process =
        mirror.redirectErrorStream(true).redirectOutput(work.resolve("hub.log").toFile()).start();
    try {
      Rig.awaitAnswer(url.resolve("/q/health/ready"));
      return new MirrorProcess(process, url);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  /** Where it listens. */
  public URI url() {
    return url;
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Stops it. */
  @Override
  public void close() {
    process.destroy();
  }
}
