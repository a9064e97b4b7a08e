package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spread}: at which locations models are to be. */
@Command(
    name = "spread",
    description = {
      "Says at which locations models are to be.",
      "Copies are made from location to location; what a lost location had is made again elsewhere.",
      "",
      "Examples:",
      "  spread llama2-7b --copies 2",
      "  spread phi-2 mistral-7b --all",
      "  spread llama2-70b --near-gpus",
      "  spread qwen-7b --at north,south",
      ""
    })
public final class Spread implements Work {
  @Parameters(paramLabel = "NAME", arity = "0..*", description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @ArgGroup Where where = new Where();

  /** One of them. */
  static final class Where {
    @Option(
        names = "--copies",
        paramLabel = "N",
        description = "at so many locations, which the registry chooses")
    @Nullable Integer copies;

    @Option(names = "--all", description = "at every location")
    boolean all;

    @Option(
        names = "--near-gpus",
        arity = "0..1",
        paramLabel = "N",
        fallbackValue = "1",
        description = "where it is placed on GPUs, and at N locations at least (default 1)")
    @Nullable Integer nearGpus;

    @Option(
        names = "--at",
        paramLabel = "LOCATION",
        split = ",",
        description = "at these locations, by commas")
    @Nullable List<String> at;
  }

  @Override
  public ExitCode run(Session session) {
    List<Named> models = Wish.alone(session, names, "spread");
    ObjectNode patch = patch(models.getFirst().model());
    return Wish.forEach(
        session,
        "spread",
        models,
        model -> patch,
        (s, entry) -> s.paper().style().safe(said(entry)));
  }

  private ObjectNode patch(String model) {
    if (where.at != null) {
      ObjectNode patch = Json.object();
      ArrayNode locations = patch.putArray("locations");
      where.at.stream().map(String::strip).forEach(locations::add);
      patch.putNull("spread");
      return patch;
    }
    if (where.all) {
      return policy("all", null);
    }
    if (where.copies != null) {
      return policy("copies", where.copies);
    }
    if (where.nearGpus != null) {
      return policy("near", where.nearGpus);
    }
    throw Failure.usage("spread: where to is missing")
        .tryThis(Try.command("spread " + model + " --copies 2"))
        .tryThis(Try.command("spread --help"));
  }

  private static ObjectNode policy(String name, @Nullable Integer copies) {
    ObjectNode patch = Json.object();
    ObjectNode spread = patch.putObject("spread").put("policy", name);
    if (copies != null) {
      spread.put("copies", copies.intValue());
    } else {
      spread.putNull("copies");
    }
    return patch;
  }

  /** Where a model is to be, from its entry. */
  static String said(JsonNode entry) {
    List<String> at = new ArrayList<>();
    entry.path("locations").forEach(location -> at.add(location.asText()));
    JsonNode spread = entry.path("spread");
    long copies = spread.path("copies").asLong(1);
    String wish =
        switch (spread.path("policy").asText("named")) {
          case "all" -> "at every location";
          case "copies" -> copies == 1 ? "at 1 location" : "at " + copies + " locations";
          case "near" -> "near its GPUs, at " + copies + " at least";
          default -> "at " + String.join(", ", at);
        };
    return spread.path("policy").asText("named").equals("named") || at.isEmpty()
        ? wish
        : wish + "; now " + String.join(", ", at);
  }
}
