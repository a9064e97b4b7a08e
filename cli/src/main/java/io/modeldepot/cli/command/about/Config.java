package io.modeldepot.cli.command.about;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.settings.Found;
import io.modeldepot.cli.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code config}: a group with one member. */
@Command(
    name = "config",
    subcommands = Config.Show.class,
    description = {
      "How this command is configured.",
      "In this order: flags, environment, project file, user file, a running depot's own file, defaults."
    })
public final class Config implements Work {
  @Override
  public ExitCode run(Session session) {
    session.help("config");
    return ExitCode.OK;
  }

  /** {@code config show}. */
  @Command(
      name = "show",
      description = {
        "The settings in effect.",
        "",
        "Examples:",
        "  config show --origin          and where each one came from",
        ""
      })
  public static final class Show implements Work {
    @Option(names = "--origin", description = "say where each value came from")
    boolean origin;

    @Override
    public ExitCode run(Session session) {
      List<Column> columns = new ArrayList<>(List.of(Column.text("SETTING"), Column.text("VALUE")));
      columns.add(origin ? Column.text("ORIGIN") : Column.text("ORIGIN").onlyWide());
      columns.add(Column.text("MEANING").onlyWide());
      List<Row> rows = new ArrayList<>();
      ObjectNode machine = Json.object();
      for (Setting setting : Setting.values()) {
        Found found = session.settings().found(setting);
        machine.putObject(setting.key()).put("value", found.value()).put("origin", found.origin());
        rows.add(
            Row.of(
                setting.key(),
                setting.key(),
                found.value().isEmpty() ? "-" : found.value(),
                found.origin(),
                setting.meaning()));
      }
      session.paper().print(new Listing(columns, rows, machine, ""));
      return ExitCode.OK;
    }
  }
}
