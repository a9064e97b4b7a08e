package io.modeldepot.cli.command;

import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.CannotWrite;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Terminal;
import io.modeldepot.cli.settings.Setting;
import io.modeldepot.cli.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * From arguments to an exit code. Only the subcommands that the arguments can mean are built,
 * because building all of them costs more than running most of them; help, completion and mistakes
 * build all.
 */
public final class Entry {
  private final SequencedMap<String, Supplier<? extends Work>> commands;
  private final Surroundings surroundings;

  public Entry(SequencedMap<String, Supplier<? extends Work>> commands, Surroundings surroundings) {
    this.commands = commands;
    this.surroundings = surroundings;
  }

  /** Runs the command that the arguments mean. Never throws, never exits. */
  public ExitCode run(String... args) {
    Paper plain = plainPaper(args);
    try {
      return told(plain, args);
    } catch (CannotWrite e) {
      return unheard(e, plain);
    }
  }

  private ExitCode told(Paper plain, String... args) {
    try {
      return parseAndRun(line(args), args);
    } catch (CannotWrite e) {
      throw e;
    } catch (ParameterException e) {
      FailureText.print(usage(e, args), plain, surroundings.program());
      return ExitCode.USAGE;
    } catch (Failure e) {
      FailureText.print(e, plain, surroundings.program());
      return e.exit();
    } catch (RuntimeException | Error e) {
      return ourBug(e, plain);
    }
  }

  /** The whole command line, for help and completion. */
  public CommandLine everything() {
    return build(commands);
  }

  private ExitCode parseAndRun(CommandLine line, String... args) {
    ParseResult parsed = line.parseArgs(args);
    ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    CommandSpec spec = deepest.commandSpec();
    Root root = (Root) line.getCommandSpec().userObject();
    if (deepest.isUsageHelpRequested()) {
      help(deepest == parsed ? everything().getCommandSpec() : spec);
      return ExitCode.OK;
    }
    Session session = session(root);
    try {
      return ((Work) spec.userObject()).run(session);
    } catch (Failure e) {
      FailureText.print(meant(session, e, deepest), session.paper(), surroundings.program());
      return e.exit();
    }
  }

  /** Where a name is known to nobody, the words that were typed are looked at for what is near. */
  private static Failure meant(Session session, Failure failure, ParseResult typed) {
    for (ArgSpec argument : typed.matchedPositionals()) {
      for (String word : argument.originalStringValues()) {
        Failure better =
            session.meant(failure, word.replaceFirst("@.*", ""), typed.commandSpec().name());
        if (better != failure) {
          return better;
        }
      }
    }
    return failure;
  }

  private Session session(Root root) {
    Settings settings =
        Settings.of(
            root.flags(),
            surroundings.environment(),
            surroundings.workingDirectory(),
            surroundings.depotRoot());
    Terminal terminal = surroundings.terminal();
    Paper paper =
        new Paper(
            surroundings.out(),
            surroundings.err(),
            root.noColour ? terminal.withoutColour() : terminal,
            form(settings),
            root.quiet);
    return new Session(
        surroundings,
        settings,
        paper,
        new Session.Answers(root.yes, root.noInput),
        name -> {
          CommandLine all = everything();
          CommandLine sub = all.getSubcommands().get(name);
          help((sub == null ? all : sub).getCommandSpec());
        });
  }

  private static Form form(Settings settings) {
    String asked = settings.value(Setting.OUTPUT);
    try {
      return Form.valueOf(asked.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("there is no output form \"" + asked + "\"")
          .because("it comes from: " + settings.found(Setting.OUTPUT).origin())
          .tryThis(Try.words("the forms are " + Arrays.toString(Form.values())));
    }
  }

  private CommandLine line(String... args) {
    List<String> words = Arrays.asList(args);
    boolean first = words.isEmpty() || words.contains("completion");
    Map<String, Supplier<? extends Work>> meant = new java.util.LinkedHashMap<>();
    commands.forEach(
        (name, work) -> {
          if (words.contains(name)) {
            meant.put(name, work);
          }
        });
    return build(first || meant.isEmpty() ? commands : meant);
  }

  private CommandLine build(Map<String, Supplier<? extends Work>> some) {
    CommandLine line = new CommandLine(new Root());
    line.getCommandSpec().name(surroundings.program());
    some.forEach((name, work) -> line.addSubcommand(name, work.get()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setUsageHelpWidth(Math.max(60, Math.min(100, surroundings.terminal().columns())));
    return line;
  }

  /** Help shows the options that every command shares once, at the root. */
  private void help(CommandSpec spec) {
    if (spec.parent() != null) {
      for (OptionSpec option : new ArrayList<>(spec.options())) {
        if (option.inherited()) {
          hide(spec, option);
        }
      }
      spec.usageMessage()
          .footer(
              "",
              "Options of every command (-o, --json, -q, --url, ...): COMMAND --help at the top.");
    }
    Terminal terminal = surroundings.terminal();
    boolean colour = terminal.colour() && terminal.stdoutTty();
    Paper paper = new Paper(surroundings.out(), surroundings.err(), terminal, Form.TABLE, false);
    Ansi ansi = colour ? Ansi.ON : Ansi.OFF;
    paper.data(spec.commandLine().getUsageMessage(ansi).stripTrailing());
  }

  /** Local, because an inherited option would be added to subcommands that have it already. */
  private static void hide(CommandSpec spec, ArgSpec option) {
    spec.remove(option);
    spec.add(
        OptionSpec.builder((OptionSpec) option).hidden(true).scopeType(ScopeType.LOCAL).build());
  }

  private Failure usage(ParameterException e, String... args) {
    String command = "";
    CommandSpec at = e.getCommandLine().getCommandSpec();
    for (CommandSpec s = at; s.parent() != null; s = s.parent()) {
      command = s.name() + " " + command;
    }
    Failure failure = Failure.usage(String.valueOf(e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      if (at.parent() == null && !word.startsWith("-")) {
        failure = Failure.usage("there is no command \"" + word + "\"");
      }
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        failure = failure.because("did you mean: " + String.join(", ", near) + "?");
      }
    }
    return failure.tryThis(Try.command(command + "--help"));
  }

  /** A reader that has gone wants no words; anything else is told as long as stderr takes it. */
  private ExitCode unheard(CannotWrite why, Paper paper) {
    if (why.readerGone()) {
      return ExitCode.BROKEN_PIPE;
    }
    try {
      Failure failure =
          Failure.of(ExitCode.NO_SPACE, "no-space", "the answer cannot be written to stdout")
              .because(String.valueOf(why.getMessage()));
      FailureText.print(failure, paper, surroundings.program());
    } catch (CannotWrite e) {
      // stderr goes the same way; the exit code says it
    }
    return ExitCode.NO_SPACE;
  }

  private ExitCode ourBug(Throwable e, Paper paper) {
    String report = UUID.randomUUID().toString().substring(0, 8);
    Failure failure =
        Failure.of(ExitCode.OUR_BUG, "internal", "this is our bug, report id " + report)
            .because(e.toString())
            .tryThis(new Try("a file for the report, secrets removed", "doctor --bundle bug.tgz"));
    FailureText.print(failure, paper, surroundings.program());
    for (StackTraceElement frame : e.getStackTrace()) {
      paper.talk("    at " + frame);
    }
    return ExitCode.OUR_BUG;
  }

  /** For what happens before the options are understood. */
  private Paper plainPaper(String... args) {
    List<String> words = Arrays.asList(args);
    boolean json =
        words.stream().anyMatch(Set.of("--json", "-ojson", "-o=json", "--output=json")::contains);
    int o = words.indexOf("-o") >= 0 ? words.indexOf("-o") : words.indexOf("--output");
    json |= o >= 0 && o + 1 < words.size() && "json".equals(words.get(o + 1));
    Terminal terminal = surroundings.terminal();
    return new Paper(
        surroundings.out(),
        surroundings.err(),
        words.contains("--no-color") ? terminal.withoutColour() : terminal,
        json ? Form.JSON : Form.TABLE,
        words.contains("-q") || words.contains("--quiet"));
  }
}
