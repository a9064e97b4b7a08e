package io.modeldepot.cli.command;

import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;

/** What a command does. */
public interface Work {
  /**
   * @throws Failure when an operating error ends it
   */
  ExitCode run(Session session);
}
