package io.modeldepot.cli.command.waiting;

import io.modeldepot.cli.client.Registry;

/** What is waited for. */
interface Target {

  /** As it is named in answers: {@code model/phi-2}. */
  String name();

  /** The state that is waited for. */
  String goal();

  /**
   * Asks once.
   *
   * @throws io.modeldepot.cli.failure.Failure when the registry is away, or knows of no such thing
   */
  Look look(Registry registry);

  /** The command that shows more of it. */
  String more();
}
