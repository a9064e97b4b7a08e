package io.modeldepot.systemtests.depot;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A line of a known speed to a network namespace of its own, as another site would be reached; it
 * can be cut. Needs the rights to make one.
 */
public final class Line implements AutoCloseable {
  private final String namespace;
  private final String near;
  private final String address;

  private Line(long number) {
    this.namespace = "depot-" + number;
    this.near = "dn" + number;
    this.address = "10.213." + number % 250 + ".";
  }

  /**
   * Lays one.
   *
   * @param megabitsPerSecond from there to here
   * @return empty where this machine does not allow it
   */
  public static Optional<Line> lay(int megabitsPerSecond) {
    Line line = new Line(ProcessHandle.current().pid() % 1_000_000);
    String far = line.near + "f";
    boolean made =
        run("ip", "netns", "add", line.namespace)
            && run("ip", "link", "add", line.near, "type", "veth", "peer", "name", far)
            && run("ip", "link", "set", far, "netns", line.namespace)
            && run("ip", "addr", "add", line.address + "1/24", "dev", line.near)
            && run("ip", "link", "set", line.near, "up")
            && line.inside("ip", "addr", "add", line.address() + "/24", "dev", far)
            && line.inside("ip", "link", "set", far, "up")
            && line.inside("ip", "link", "set", "lo", "up")
            && line.inside(
                "tc",
                "qdisc",
                "add",
                "dev",
                far,
                "root",
                "tbf",
                "rate",
                megabitsPerSecond + "mbit",
                "burst",
                "64kb",
                "latency",
                "50ms");
    if (!made) {
      line.close();
      return Optional.empty();
    }
    return Optional.of(line);
  }

  /** The address at the far end. */
  public String address() {
    return address + "2";
  }

  /** Nothing passes any more. */
  public void cut() {
    require(run("ip", "link", "set", near, "down"));
  }

  /** It passes again. */
  public void mend() {
    require(run("ip", "link", "set", near, "up"));
  }

  /** What a command begins with to run at the far end. */
  List<String> prefix() {
    return List.of("ip", "netns", "exec", namespace);
  }

  /** Takes it away, with what is left of a line that could not be laid. */
  @Override
  public void close() {
    boolean unused = run("ip", "link", "del", near);
    unused = run("ip", "netns", "del", namespace);
  }

  private boolean inside(String... command) {
    return run(Stream.concat(prefix().stream(), Arrays.stream(command)).toArray(String[]::new));
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("The line does not do what it is told.");
    }
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
