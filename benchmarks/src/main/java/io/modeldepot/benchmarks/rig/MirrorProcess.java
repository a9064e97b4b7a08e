package io.modeldepot.benchmarks.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
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

  private final ServiceProcess process;

  private MirrorProcess(ServiceProcess process) {
    this.process = process;
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
    Map<String, String> all = new HashMap<>(Map.of("MODELS_DIR", volume.toString()));
    all.putAll(environment);
    return new MirrorProcess(
        ServiceProcess.start(
            root,
            "mirror-service",
            List.of(compiler.flag, "-Xmx96m"),
            all,
            work.resolve("hub.log")));
  }

  /** Where it listens. */
  public URI url() {
    return process.url();
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Stops it and waits. */
  @Override
  public void close() {
    process.close();
  }
}
