package io.modeldepot.cli;

import io.modeldepot.cli.command.Surroundings;

/**
 * The process. Everything it needs to know about the terminal comes as system properties from the
 * launcher.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Commands.entry(Surroundings.ofThisProcess()).run(args).number());
  }
}
