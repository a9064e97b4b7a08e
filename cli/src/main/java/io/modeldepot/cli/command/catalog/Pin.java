package io.modeldepot.cli.command.catalog;

import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pin}: a model stays at one commit. */
@Command(
    name = "pin",
    description = {
      "Keeps models at one commit.",
      "No download without a revision moves them then. Without @COMMIT: at the current one.",
      "",
      "Examples:",
      "  pin llama2-7b",
      "  pin mistral-7b@26bca36",
      ""
    })
public final class Pin implements Work {
  @Parameters(
      paramLabel = "NAME[@COMMIT]",
      arity = "0..*",
      description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Override
  public ExitCode run(Session session) {
    return Wish.forEach(
        session,
        "pin",
        session.named(names, "model").stream().map(name -> Named.of(name, "pin")).toList(),
        model -> Json.object().put("pin", commit(session, model.model(), model.version())),
        (s, entry) -> "pinned to " + s.paper().style().safe(entry.path("pin").asText()));
  }

  private static String commit(Session session, String model, String version) {
    if (!version.isEmpty()) {
      return Wish.commit(session, model, version);
    }
    String current =
        session
            .registry()
            .get(model, "/models/" + Registry.segment(model))
            .path("current")
            .path("commit")
            .asText("");
    if (current.isEmpty()) {
      throw Failure.of(
              ExitCode.NOT_FOUND, "not-present", model + ": no version of it is here to pin")
          .tryThis(Try.command("pin " + model + "@COMMIT"))
          .tryThis(Try.command("download " + model));
    }
    return current;
  }
}
