package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code unpin}: a model follows its branch again. */
@Command(
    name = "unpin",
    description = {
      "Lets models follow their branch again at the next download.",
      "",
      "Examples:",
      "  unpin mistral-7b",
      ""
    })
public final class Unpin implements Work {
  @Parameters(paramLabel = "NAME", arity = "0..*", description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Override
  public ExitCode run(Session session) {
    return Wish.forEach(
        session,
        "unpin",
        Wish.alone(session, names, "unpin"),
        model -> noPin(),
        (s, entry) -> "not pinned");
  }

  private static ObjectNode noPin() {
    ObjectNode patch = Json.object();
    patch.putNull("pin");
    return patch;
  }
}
