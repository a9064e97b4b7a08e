package io.modeldepot.cli.command.about;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Json;
import picocli.CommandLine.Command;

/** {@code version}. */
@Command(name = "version", description = "The version, and what it runs on.")
public final class Version implements Work {
  @Override
  public ExitCode run(Session session) {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (session.form().machine()) {
      ObjectNode node =
          Json.object()
              .put("version", session.version())
              .put("java", Runtime.version().toString())
              .put("system", system);
      session.paper().machine(node);
    } else {
      session
          .paper()
          .data(
              "Model Depot "
                  + session.version()
                  + session.paper().style().dot()
                  + "Java "
                  + Runtime.version()
                  + session.paper().style().dot()
                  + system);
    }
    return ExitCode.OK;
  }
}
