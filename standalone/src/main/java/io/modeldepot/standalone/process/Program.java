package io.modeldepot.standalone.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process to be kept up.
 *
 * @param name as it is shown, and the name of its log
 * @param command what is run
 * @param environment what is added to ours
 * @param secrets which of our secrets it gets
 * @param health answers 200 when it is ready; without one it prints a READY line
 * @param address where it is reached, as it is shown
 * @param log where its output goes
 * @param toStop how long it may take to end
 */
record Program(
    String name,
    List<String> command,
    Map<String, String> environment,
    Secrets secrets,
    Optional<URI> health,
    String address,
    Path log,
    Duration toStop) {

  /** Which of our secrets a program gets. */
  enum Secrets {
    NONE,
    OF_THE_HUB
  }

  /** Copies the collections. */
  Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
