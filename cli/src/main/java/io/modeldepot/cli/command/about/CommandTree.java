package io.modeldepot.cli.command.about;

import io.modeldepot.cli.command.cleanup.Cleanup;
import io.modeldepot.events.terms.WeightForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What completion needs to know of the command line.
 *
 * @param options of the command itself, shared by all
 */
record CommandTree(List<Entry> commands, List<Flag> options) {
  /** As the labels of parameters say it: {@code NAME}, {@code NAME[@COMMIT]}, {@code CODE|NAME}. */
  private static final Pattern OF_A_MODEL = Pattern.compile("(.*\\|)?NAME\\b.*|TEXT");

  /** One subcommand; {@code takesModels} when its arguments are names of models. */
  record Entry(String name, String says, List<Flag> flags, boolean takesModels) {}

  /**
   * @param values what may follow it; empty when that is free or nothing
   */
  record Flag(String name, String says, boolean takesValue, List<String> values) {}

  static CommandTree of(CommandLine line) {
    List<Entry> entries = new ArrayList<>();
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              CommandSpec spec = sub.getCommandSpec();
              entries.add(new Entry(name, first(spec), flags(spec, true), takesModels(spec)));
            });
    return new CommandTree(entries, flags(line.getCommandSpec(), false));
  }

  private static boolean takesModels(CommandSpec spec) {
    return spec.positionalParameters().stream()
        .anyMatch(it -> OF_A_MODEL.matcher(it.paramLabel()).matches());
  }

  private static String first(CommandSpec spec) {
    String[] lines = spec.usageMessage().description();
    String text = lines.length == 0 ? "" : lines[0];
    int stop = text.indexOf(". ");
    return (stop < 0 ? text : text.substring(0, stop)).replaceAll("[.'\"\\[\\]:`$\\\\]", "");
  }

  private static List<Flag> flags(CommandSpec spec, boolean ownOnly) {
    List<Flag> flags = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (option.hidden() || (ownOnly && option.inherited())) {
        continue;
      }
      String says = option.description().length == 0 ? "" : option.description()[0];
      for (String name : option.names()) {
        if (name.startsWith("--") || option.names().length == 1) {
          flags.add(
              new Flag(
                  name,
                  says.replaceAll("['\"\\[\\]:`$\\\\]", ""),
                  option.arity().max() > 0,
                  values(name)));
        }
      }
    }
    return List.copyOf(flags);
  }

  private static List<String> values(String option) {
    return switch (option) {
      case "--output" -> List.of("table", "wide", "json", "yaml", "name", "csv");
      case "--progress" -> List.of("auto", "bar", "lines", "json", "none");
      case "--for" ->
          List.of("present", "active", "archived", "absent", "placed", "unplaced", "done");
      case "--scope" -> Cleanup.SCOPES;
      case "--profile" -> List.of("serving", "full");
      case "--dtype" -> Arrays.stream(WeightForm.values()).map(WeightForm::label).toList();

      default -> List.of();
    };
  }
}
