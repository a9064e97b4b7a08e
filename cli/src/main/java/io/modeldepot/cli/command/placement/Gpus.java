package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Watching;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gpus}: what there is, who holds it, and what an operator wants of it. */
@Command(
    name = "gpus",
    description = {
      "The GPUs of the site, and what holds their memory.",
      "Drawn to scale: weights, KV cache and engine of every model, what is reserved, what is free.",
      "",
      "Examples:",
      "  gpus",
      "  gpus -o wide                                  one line each",
      "  gpus drain gpu-host/0 --dry-run               what would move where",
      "  gpus drain gpu-host/0 --reason 'new fan' --until 2026-12-31T18:00:00Z",
      "  gpus reserve gpu-host/1 --gib 40 --reason 'a trial'",
      "  gpus release gpu-host/0                       neither drained nor reserved any more",
      "  gpus forget old-host                          a host that reports no more",
      ""
    })
public final class Gpus implements Work {
  static final int MOST = 10_000;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("GPU"),
          Column.text("NAME"),
          Column.text("STATE"),
          Column.number("GIB").exactly("MEMORY_BYTES"),
          Column.number("USABLE").exactly("USABLE_BYTES"),
          Column.number("FREE").exactly("FREE_BYTES"),
          Column.text("MODELS"),
          Column.text("REASON"));

  @Parameters(
      index = "0",
      paramLabel = "drain|reserve|release|forget",
      arity = "0..1",
      description = "what is wanted of a GPU; without it: show all")
  @Nullable String wish;

  @Parameters(
      index = "1",
      paramLabel = "GPU",
      arity = "0..1",
      description = "as HOST/ID; forget: HOST")
  @Nullable String gpu;

  @Option(names = "--gib", paramLabel = "N", description = "reserve: so much memory")
  @Nullable Double gib;

  @Option(names = "--until", paramLabel = "TIME", description = "as 2026-12-31T18:00:00Z")
  @Nullable String until;

  @Option(names = "--reason", paramLabel = "TEXT", description = "is shown, and kept in the audit")
  @Nullable String reason;

  @Option(names = "--dry-run", description = "drain: show what would move, change nothing")
  boolean dryRun;

  @Mixin Watching watching = new Watching();

  @Override
  public ExitCode run(Session session) {
    return wish == null ? watching.run(session, this::show) : watching.once(session, this::change);
  }

  private ExitCode change(Session session) {
    return "forget".equals(wish)
        ? forget(session)
        : new GpuWish(session, String.valueOf(wish), gpu, new GpuWish.Terms(gib, until, reason))
            .carryOut(dryRun);
  }

  private ExitCode show(Session session) {
    ArrayNode gpus = session.registry().items("gpus", "/gpus", MOST);
    List<String> ids = new ArrayList<>();
    gpus.forEach(one -> ids.add(GpuDrawing.id(one)));
    session.names().replaceGpus(ids);
    if (session.form() != Form.TABLE || session.paper().quiet()) {
      List<Row> rows = new ArrayList<>();
      gpus.forEach(gpu -> rows.add(row(gpu)));
      session.paper().print(new Listing(COLUMNS, rows, gpus, ""));
      return ExitCode.OK;
    }
    Style style = session.paper().style();
    for (JsonNode gpu : gpus) {
      GpuDrawing.draw(gpu, session.paper());
    }
    if (gpus.isEmpty()) {
      session.paper().talk("No GPU is known: none is listed and no host reports any.");
    } else {
      session.paper().data(style.faint(GpuDrawing.legend(style)));
    }
    return ExitCode.OK;
  }

  private ExitCode forget(Session session) {
    if (gpu == null || gpu.indexOf('/') >= 0) {
      throw Failure.usage("which host? all its GPUs are forgotten with it")
          .tryThis(new Try("show them", "gpus"))
          .tryThis(Try.command("gpus forget HOST"));
    }
    JsonNode answer =
        session.registry().send(gpu, Call.delete("/gpus/" + Registry.segment(gpu))).body();
    if (session.form().machine()) {
      session.paper().machine(answer);
    } else {
      session
          .paper()
          .data(
              session.paper().style().safe(gpu)
                  + " is forgotten, with "
                  + Human.count(answer.path("gpus").size(), "GPU", "GPUs"));
    }
    return ExitCode.OK;
  }

  private static Row row(JsonNode gpu) {
    List<String> models = new ArrayList<>();
    gpu.path("models").forEach(share -> models.add(share.path("model").asText()));
    String state = gpu.path("state").asText();
    return Row.of(
            GpuDrawing.id(gpu),
            GpuDrawing.id(gpu),
            gpu.path("name").asText("-"),
            state,
            MemoryText.gib(gpu.path("memoryBytes").asLong()),
            MemoryText.gib(gpu.path("usableBytes").asLong()),
            MemoryText.gib(Math.max(0, gpu.path("freeBytes").asLong())),
            models.isEmpty() ? "-" : String.join(" ", models),
            gpu.path("reason").asText("-"))
        .exactly(
            GpuDrawing.id(gpu),
            gpu.path("name").asText(""),
            state,
            gpu.path("memoryBytes").asText(""),
            gpu.path("usableBytes").asText(""),
            gpu.path("freeBytes").asText(""),
            String.join(" ", models),
            gpu.path("reason").asText(""))
        .marked(GpuDrawing.mark(state));
  }
}
