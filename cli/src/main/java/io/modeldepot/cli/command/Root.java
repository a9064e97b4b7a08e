package io.modeldepot.cli.command;

import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.settings.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself and the options that every subcommand shares. */
@Command(
    description = {
      "Keeps every AI model once: verified, versioned, on one shared volume.",
      "",
      "Start here:",
      "  @|bold setup|@                    prepare the volume",
      "  @|bold download llama2-7b|@       fetch a model, verify it, make it the current version",
      "  @|bold list|@                     what the catalog knows and what is here",
      "  @|bold path llama2-7b|@           the directory to give to an inference server",
      "  @|bold status|@                   what needs attention first, then everything else",
      ""
    },
    footer = {
      "",
      "Answers go to stdout, talk to stderr. Exit codes and forms: docs/cli.md",
      "COMMAND --help shows examples."
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Root implements Work {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      scope = ScopeType.INHERIT,
      description = "table, wide, json, yaml, name or csv")
  @Nullable String output;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "the same as -o json")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "names only, no talk")
  boolean quiet;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "no colours; NO_COLOR and TERM=dumb say the same")
  boolean noColour;

  @Option(
      names = {"-y", "--yes"},
      scope = ScopeType.INHERIT,
      description = "answer yes where a command would ask")
  boolean yes;

  @Option(
      names = "--no-input",
      scope = ScopeType.INHERIT,
      description = "never ask; fail where an answer would be needed")
  boolean noInput;

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "the registry; else DEPOT_URL, the running depot's own, http://localhost:8080")
  @Nullable String url;

  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "the shared volume; else MODELS_DIR, the running depot's own, /opt/ai-models")
  @Nullable String modelsDir;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "this text")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      description = "the version, in one line")
  boolean version;

  Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    if (url != null) {
      flags.put(Setting.URL, url);
    }
    if (modelsDir != null) {
      flags.put(Setting.MODELS_DIR, modelsDir);
    }
    if (json) {
      flags.put(Setting.OUTPUT, Form.JSON.toString());
    }
    if (output != null) {
      flags.put(Setting.OUTPUT, output);
    }
    return flags;
  }

  /** Without a subcommand the help is the answer. */
  @Override
  public io.modeldepot.cli.failure.ExitCode run(Session session) {
    if (version) {
      session.paper().data("Model Depot " + session.version());
    } else {
      session.help("");
    }
    return io.modeldepot.cli.failure.ExitCode.OK;
  }
}
