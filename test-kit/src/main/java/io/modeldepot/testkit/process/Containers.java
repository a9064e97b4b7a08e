package io.modeldepot.testkit.process;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.LogMessageWaitStrategy;

/**
 * Whether engines run in containers: where a Docker daemon answers, unless {@code
 * DEPOT_TEST_CONTAINERS} (or the system property {@code depot.test.containers}) says {@code false};
 * with {@code true} its absence is an error. What is used gets printed, so that nothing is left out
 * in silence.
 */
public final class Containers {
  private static final int SECONDS_TO_ANSWER = 10;
  private static final String PRINTED = "depot.testkit.containers";

  private Containers() {}

  /** True when engines run in containers. */
  public static boolean wanted() {
    String word =
        System.getProperty(
                "depot.test.containers",
                System.getenv().getOrDefault("DEPOT_TEST_CONTAINERS", "auto"))
            .toLowerCase(Locale.ROOT);
    return switch (word) {
      case "false" -> say("embedded: containers are switched off", false);
      case "true" -> {
        if (!daemonAnswers()) {
          throw new IllegalStateException(
              "Containers are asked for, but no Docker daemon answers.");
        }
        yield say("in containers, as asked for", true);
      }
      case "auto" ->
          daemonAnswers()
              ? say("in containers: a Docker daemon answers", true)
              : say("embedded: no Docker daemon answers", false);
      default -> throw new IllegalStateException("DEPOT_TEST_CONTAINERS is true, false or auto.");
    };
  }

  /** Stops in order. */
  public static void stop(GenericContainer<?> container) {
    DockerClientFactory.instance().client().stopContainerCmd(container.getContainerId()).exec();
  }

  /** Kills. */
  public static void kill(GenericContainer<?> container) {
    DockerClientFactory.instance().client().killContainerCmd(container.getContainerId()).exec();
  }

  /** Starts a stopped container again and waits until its log has the line this many times. */
  public static void startAgain(GenericContainer<?> container, String line, int times) {
    DockerClientFactory.instance().client().startContainerCmd(container.getContainerId()).exec();
    new LogMessageWaitStrategy()
        .withRegEx(".*" + line + ".*\\s")
        .withTimes(times)
        .waitUntilReady(container);
  }

  private static boolean say(String what, boolean answer) {
    if (System.getProperty(PRINTED) == null) {
      System.setProperty(PRINTED, what);
      System.out.println("Broker and database of the tests run " + what + ".");
    }
    return answer;
  }

  /** A {@code docker} on the path proves nothing; the daemon is asked. */
  private static boolean daemonAnswers() {
    try {
      Process info =
          new ProcessBuilder("docker", "info")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!info.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
        info.destroyForcibly();
        return false;
      }
      return info.exitValue() == 0;
    } catch (IOException noDocker) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
