package io.modeldepot.cli.command;

import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The same done to each of several models. */
public final class EachName {
  private EachName() {}

  /**
   * What is wrong with one is told, with the name that may have been meant, and does not keep the
   * others from it; a single failure is the command's own.
   *
   * @param names as they were typed
   * @param command what is typed before them
   * @return as {@link ExitCode#ofAll} says
   */
  public static ExitCode run(
      Session session, List<String> names, String command, Function<String, ExitCode> one) {
    if (names.size() == 1) {
      return one.apply(names.getFirst());
    }
    List<ExitCode> outcomes = new ArrayList<>();
    for (String name : names) {
      try {
        outcomes.add(one.apply(name));
      } catch (Failure e) {
        Failure meant = session.meant(e, name.replaceFirst("@.*", ""), command);
        FailureText.print(meant, session.paper(), session.program());
        outcomes.add(e.exit());
      }
    }
    return ExitCode.ofAll(outcomes);
  }
}
