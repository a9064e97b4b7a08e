package io.modeldepot.cli.command;

import io.modeldepot.cli.client.Certificates;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.settings.Credentials;
import io.modeldepot.cli.settings.Setting;
import io.modeldepot.cli.settings.Settings;
import io.modeldepot.events.terms.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one run of the command may use. Made once by {@link Entry}, used by one thread. */
public final class Session {
  private static final Duration FOR_NAMES = Duration.ofSeconds(2);

  private final Surroundings surroundings;
  private final Settings settings;
  private final Paper paper;
  private final Answers answers;
  private final Consumer<String> help;
  private @Nullable Registry registry;

  /** How questions to the person are answered without asking. */
  record Answers(boolean yes, boolean never) {}

  Session(
      Surroundings surroundings,
      Settings settings,
      Paper paper,
      Answers answers,
      Consumer<String> help) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.paper = paper;
    this.answers = answers;
    this.help = help;
  }

  public Paper paper() {
    return paper;
  }

  /** The same session, whose answers go elsewhere and which says nothing beside them. */
  Session answeringTo(OutputStream answers) {
    Paper other =
        new Paper(
            answers,
            OutputStream.nullOutputStream(),
            paper.terminal(),
            paper.form(),
            paper.quiet());
    return new Session(surroundings, settings, other, this.answers, help);
  }

  public Settings settings() {
    return settings;
  }

  public Map<String, String> environment() {
    return surroundings.environment();
  }

  public InstantSource clock() {
    return surroundings.clock();
  }

  /** The way to call this command that the person used, for lines to paste. */
  public String program() {
    return surroundings.program();
  }

  public String version() {
    return surroundings.version();
  }

  /** The checkout the launcher lies in, if it is known. */
  public Optional<Path> depotRoot() {
    return surroundings.depotRoot();
  }

  public Path modelsDir() {
    return surroundings.workingDirectory().resolve(settings.value(Setting.MODELS_DIR)).normalize();
  }

  /** A path as the person meant it: from where they stand. */
  public Path path(String given) {
    return surroundings.workingDirectory().resolve(given).normalize();
  }

  public Registry registry() {
    if (registry == null) {
      registry =
          new Registry(
              settings.found(Setting.URL),
              Credentials.token(environment(), this::path),
              Certificates.of(settings.found(Setting.CA_FILE), file -> path(file.toString())));
    }
    return registry;
  }

  /** The names that other commands complete; see {@link NamesCache}. */
  public NamesCache names() {
    return new NamesCache(Settings.cacheDirectory(environment()));
  }

  /** The form asked for, where a command has its own idea of lines. */
  public Form form() {
    return paper.form();
  }

  /** Prints the help of a command; empty for the whole. */
  public void help(String command) {
    help.accept(command);
  }

  /**
   * The arguments, with {@code -} replaced by the first words of stdin's lines.
   *
   * @throws Failure when nothing is left
   */
  public List<String> named(@Nullable List<String> arguments, String what) {
    List<String> names = new ArrayList<>();
    for (String argument : arguments == null ? List.<String>of() : arguments) {
      if ("-".equals(argument)) {
        names.addAll(firstWords());
      } else {
        names.add(argument);
      }
    }
    if (names.isEmpty()) {
      throw Failure.usage("no " + what + " was given")
          .tryThis(Try.words("- reads them from stdin, one a line"));
    }
    return names.stream().distinct().toList();
  }

  /** Whether every question was answered with yes beforehand. */
  public boolean saidYes() {
    return answers.yes();
  }

  /**
   * Asks before something that cannot be taken back lightly.
   *
   * @throws Failure with exit 2, naming the flag, when nobody can be asked
   */
  public boolean agreed(String question) {
    if (answers.yes()) {
      return true;
    }
    if (answers.never() || !paper.terminal().stdinTty()) {
      throw Failure.usage("this needs a yes: " + question)
          .because("there is no terminal to ask on, or --no-input forbids it")
          .tryThis(Try.words("add --yes"));
    }
    paper.paint(question + " [y/N] ");
    try {
      String line = surroundings.input().readLine();
      return line != null && line.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The same failure with what may have been meant, if it is that no model has the name.
   *
   * @param name as it was typed
   * @param command what is typed before it
   */
  public Failure meant(Failure failure, String name, String command) {
    if (failure.exit() != ExitCode.NOT_FOUND || name.isEmpty()) {
      return failure;
    }
    Collection<String> known = knownModels();
    return known.contains(name)
        ? failure
        : Nearest.to(name, known)
            .map(
                near ->
                    failure.tryFirst(new Try("did you mean " + near + "?", command + " " + near)))
            .orElse(failure);
  }

  /** By the catalog where it answers, else those that were seen before. */
  private Collection<String> knownModels() {
    if (!registry().answered()) {
      return names().known();
    }
    try {
      List<String> models = new ArrayList<>();
      registry()
          .get("list", "/models?limit=500", FOR_NAMES)
          .path("items")
          .forEach(item -> models.add(item.path("model").asText()));
      return models;
    } catch (Failure e) {
      return names().known();
    }
  }

  /** Whether a person is there to be asked. */
  public boolean canAsk() {
    return !answers.never() && paper.terminal().stdinTty() && paper.terminal().stderrTty();
  }

  /** All that comes from stdin. */
  public String stdin() {
    StringBuilder text = new StringBuilder();
    try {
      BufferedReader input = surroundings.input();
      for (int c = input.read(); c >= 0; c = input.read()) {
        text.append((char) c);
      }
      return text.toString();
    } catch (IOException e) {
      throw Failure.usage("stdin cannot be read").because(String.valueOf(e.getMessage()));
    }
  }

  private List<String> firstWords() {
    List<String> words = new ArrayList<>();
    try {
      BufferedReader input = surroundings.input();
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String stripped = line.strip();
        if (!stripped.isEmpty()) {
          words.add(stripped.split("\\s+", 2)[0]);
        }
      }
    } catch (IOException e) {
      throw Failure.usage("stdin cannot be read").because(String.valueOf(e.getMessage()));
    }
    return words;
  }
}
