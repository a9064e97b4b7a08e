package io.modeldepot.cli.command.catalog;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code deactivate}: the link under {@code active/} goes; the versions stay. */
@Command(
    name = "deactivate",
    description = {
      "Takes models out of active/.",
      "Their versions stay where they are.",
      "",
      "Examples:",
      "  deactivate phi-2",
      ""
    })
public final class Deactivate implements Work {
  @Parameters(paramLabel = "NAME", arity = "0..*", description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Override
  public ExitCode run(Session session) {
    return Wish.forEach(
        session,
        "deactivate",
        Wish.alone(session, names, "deactivate"),
        model -> Wish.active(false),
        (s, entry) -> "not active");
  }
}
