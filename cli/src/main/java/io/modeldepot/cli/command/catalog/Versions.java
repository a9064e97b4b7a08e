package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Filters;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Watching;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code versions}: what is kept of models. */
@Command(
    name = "versions",
    description = {
      "The versions of models, the newest first; of several models in their order.",
      "",
      "Examples:",
      "  versions llama2-7b",
      "  versions llama2-7b --filter state=archived -q | unarchive -",
      "  list -q | versions - --filter 'verified>30d' -q | verify -",
      "",
      "Fields of filters: commit, location, state, current, generation, size, verified.",
      ""
    })
public final class Versions implements Work {
  private static final int MOST = 10_000;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Mixin Filters filters = new Filters();

  @Option(names = "--location", paramLabel = "LOCATION", description = "only at this location")
  @Nullable String location;

  @Mixin Watching watching = new Watching();

  @Override
  public ExitCode run(Session session) {
    List<Named> models = Wish.alone(session, names, "versions");
    return watching.run(session, on -> show(on, models));
  }

  private ExitCode show(Session session, List<Named> models) {
    List<String> query = new ArrayList<>(filters.query());
    if (location != null) {
      query.add(Registry.query("location", location));
    }
    String asked = query.isEmpty() ? "" : "?" + String.join("&", query);
    ArrayNode all = Json.array();
    for (Named model : models) {
      String path = "/models/" + Registry.segment(model.model()) + "/versions" + asked;
      all.addAll(session.registry().items(model.model(), path, MOST));
    }
    session
        .paper()
        .print(
            new Listing(
                VersionRows.columns(),
                VersionRows.rows(all, session.clock().instant()),
                all,
                Human.count(all.size(), "version", "versions")));
    return ExitCode.OK;
  }
}
