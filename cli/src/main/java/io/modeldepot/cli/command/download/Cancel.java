package io.modeldepot.cli.command.download;

import io.modeldepot.cli.client.Answer;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cancel}: asks for downloads to stop. */
@Command(
    name = "cancel",
    description = {
      "Stops downloads.",
      "What was transferred is kept and used by the next download of the same model.",
      "",
      "Examples:",
      "  cancel cli-7QK3Z6M2W4ABCDEF",
      ""
    })
public final class Cancel implements Work {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "jobs; - reads them from stdin")
  @Nullable List<String> ids;

  @Override
  public ExitCode run(Session session) {
    List<ExitCode> outcomes = new ArrayList<>();
    for (String id : session.named(ids, "job")) {
      try {
        Call call = Call.delete("/downloads/" + Registry.segment(id));
        Answer answer = session.registry().send("download " + id, call);
        if (session.form().machine()) {
          session.paper().data(Json.line(answer.body()));
        } else {
          session.paper().data(session.paper().style().safe(id) + " cancel requested");
        }
        outcomes.add(ExitCode.OK);
      } catch (Failure e) {
        FailureText.print(e, session.paper(), session.program());
        outcomes.add(e.exit());
      }
    }
    return ExitCode.ofAll(outcomes);
  }
}
