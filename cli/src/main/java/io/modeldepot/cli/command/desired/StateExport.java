package io.modeldepot.cli.command.desired;

import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is wanted of the depot, as a file. */
public final class StateExport {
  private static final String ACCEPT = "application/yaml, application/problem+json";

  private StateExport() {}

  /** Whether a name means such a file: {@code *.yaml}, {@code *.yml}, or {@code -}. */
  public static boolean means(String file) {
    return file.endsWith(".yaml") || file.endsWith(".yml") || file.equals("-");
  }

  /**
   * Writes it; a file that is there stays.
   *
   * @throws Failure when it cannot be written
   */
  public static ExitCode write(Session session, String file) {
    String text =
        session
            .registry()
            .send("export", Call.get("/desired-state").with("Accept", ACCEPT))
            .body()
            .asText();
    if (file.equals("-")) {
      session.paper().data(text.stripTrailing());
      return ExitCode.OK;
    }
    Path target = session.path(file);
    try {
      Path unused =
          Files.writeString(target, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw Failure.usage(target + " is there already")
          .tryThis(Try.words("name a file that is not there"))
          .tryThis(Try.command("export - > " + file));
    } catch (IOException e) {
      throw Failure.usage(target + " cannot be written").because(String.valueOf(e.getMessage()));
    }
    session.paper().data(session.paper().style().safe(target.toString()));
    session.paper().talk("What differs from it later:  " + session.program() + " diff -f " + file);
    return ExitCode.OK;
  }
}
