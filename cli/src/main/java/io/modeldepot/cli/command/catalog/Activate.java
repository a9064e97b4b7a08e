package io.modeldepot.cli.command.catalog;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code activate}: a model is offered under {@code active/NAME} and kept from cleanup. */
@Command(
    name = "activate",
    description = {
      "Offers models under active/NAME on their volumes.",
      "An active version is never cleaned up.",
      "",
      "Examples:",
      "  activate llama2-7b",
      "  list --present -q | activate -",
      ""
    })
public final class Activate implements Work {
  @Parameters(paramLabel = "NAME", arity = "0..*", description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Override
  public ExitCode run(Session session) {
    return Wish.forEach(
        session,
        "activate",
        Wish.alone(session, names, "activate"),
        model -> Wish.active(true),
        (s, entry) ->
            entry.path("current").isObject()
                ? "active"
                : "wanted active; it comes into active/ with its first version");
  }
}
