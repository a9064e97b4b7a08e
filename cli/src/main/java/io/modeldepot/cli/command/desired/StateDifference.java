package io.modeldepot.cli.command.desired;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file, and what it would change. */
public final class StateDifference {
  private static final String STDIN = "-";

  private final Session session;
  private final String name;
  private final String text;
  private final boolean prune;

  /**
   * Reads the file.
   *
   * @param file {@code -} is stdin
   * @throws Failure when it cannot be read
   */
  public StateDifference(Session session, String file, boolean prune) {
    this.session = session;
    this.name = file.equals(STDIN) ? "stdin" : String.valueOf(Path.of(file).getFileName());
    this.text = file.equals(STDIN) ? session.stdin() : read(session, file);
    this.prune = prune;
  }

  /** Shows it: 0 where nothing differs, 1 where something does. */
  public ExitCode question() {
    JsonNode said = ask();
    new StateText(session.paper()).difference(said, name);
    return said.path("same").asBoolean() ? ExitCode.OK : ExitCode.NO;
  }

  String name() {
    return name;
  }

  /** What it would change now. */
  JsonNode ask() {
    return session
        .registry()
        .send(name, Call.yaml("POST", "/desired-state/diff?" + query(), text))
        .body();
  }

  /** Does exactly what was shown. */
  JsonNode carryOut(JsonNode shown) {
    String plan = Registry.query("plan", shown.path("plan").asText());
    return session
        .registry()
        .send(name, Call.yaml("PUT", "/desired-state?" + query() + "&" + plan, text))
        .body();
  }

  private String query() {
    return Registry.query("file", name) + (prune ? "&prune=true" : "");
  }

  private static String read(Session session, String file) {
    try {
      return Files.readString(session.path(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw Failure.usage(file + " is not there");
    } catch (IOException e) {
      throw Failure.usage(file + " cannot be read").because(String.valueOf(e.getMessage()));
    }
  }
}
