package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fit}: does a model fit, and for whom. */
@Command(
    name = "fit",
    description = {
      "Whether a model fits each GPU beside what runs there, for how many users at which context.",
      "Exit 0 when it fits one of them now, 1 when none.",
      "",
      "Examples:",
      "  fit mistral-7b                       as the catalog asks for it",
      "  fit mistral-7b --users 20 --context 8192",
      "  fit codellama-13b --dtype fp8 --gpu gpu-host/0",
      ""
    })
public final class Fit implements Work {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("GPU"),
          Column.text("NAME"),
          Column.text("FITS"),
          Column.number("NEEDS").exactly("NEEDS_BYTES"),
          Column.number("FREE").exactly("FREE_BYTES"),
          Column.number("USABLE").exactly("USABLE_BYTES"),
          Column.number("USERS NOW"),
          Column.number("USERS EMPTY"),
          Column.number("CONTEXT EMPTY"));

  @Parameters(paramLabel = "NAME", description = "a model of the catalog, here or not")
  String name = "";

  @Option(names = "--users", paramLabel = "N", description = "at the same time")
  @Nullable Integer users;

  @Option(names = "--context", paramLabel = "TOKENS", description = "of each of them")
  @Nullable Integer context;

  @Option(names = "--dtype", paramLabel = "FORM", description = "fp16, bf16, fp8, int8, awq, gptq")
  @Nullable String dtype;

  @Option(names = "--gpu", paramLabel = "GPU", description = "only this one, as HOST/ID or ID")
  @Nullable String gpu;

  @Override
  public ExitCode run(Session session) {
    Named model = Named.alone(name, "fit");
    ArrayNode asked = (ArrayNode) items(session, model.model());
    ArrayNode fits = Json.array();
    asked.forEach(
        one -> {
          if (gpu == null || gpu.equals(id(one)) || gpu.equals(one.path("gpu").asText())) {
            fits.add(one);
          }
        });
    if (fits.isEmpty() && gpu != null) {
      throw Failure.of(ExitCode.NOT_FOUND, "not-found", "there is no GPU " + gpu);
    }
    if (session.form() == Form.TABLE && !session.paper().quiet()) {
      draw(session.paper(), model.model(), fits);
    } else {
      List<Row> rows = new ArrayList<>();
      fits.forEach(one -> rows.add(row(one)));
      session.paper().print(new Listing(COLUMNS, rows, fits, ""));
    }
    for (JsonNode one : fits) {
      if (one.path("fits").asBoolean()) {
        return ExitCode.OK;
      }
    }
    return ExitCode.NO;
  }

  private JsonNode items(Session session, String model) {
    List<String> query = new ArrayList<>(List.of(Registry.query("model", model)));
    if (users != null) {
      query.add("users=" + users);
    }
    if (context != null) {
      query.add("context=" + context);
    }
    if (dtype != null) {
      query.add(Registry.query("variant", dtype));
    }
    JsonNode answer = session.registry().get(model, "/fit?" + String.join("&", query));
    return answer.path("items").isArray() ? answer.path("items") : Json.array();
  }

  private static void draw(Paper paper, String model, ArrayNode fits) {
    Style style = paper.style();
    if (fits.isEmpty()) {
      paper.talk("No GPU is known.");
      return;
    }
    JsonNode first = fits.get(0);
    paper.data(
        style.bold(style.safe(model))
            + "  %s %s %d tokens, %s, %s"
                .formatted(
                    Human.count(first.path("users").asLong(), "user", "users"),
                    style.times(),
                    first.path("contextTokens").asLong(),
                    style.safe(first.path("variant").asText()),
                    style.safe(first.path("engine").asText())));
    for (JsonNode one : fits) {
      paper.data("");
      drawOne(paper, one);
    }
    paper.data("");
    paper.data(style.faint("Users that fit an empty GPU, by context"));
    grid(fits).forEach(line -> paper.data("  " + style.safe(line)));
    SequencedSet<String> remarks = new LinkedHashSet<>();
    fits.forEach(one -> one.path("remarks").forEach(remark -> remarks.add(remark.asText())));
    remarks.forEach(remark -> paper.data(style.faint(style.safe(remark))));
  }

  private static void drawOne(Paper paper, JsonNode one) {
    Style style = paper.style();
    long usable = one.path("usableBytes").asLong();
    paper.data(
        style.marked(mark(one), style.bold(style.safe(id(one))))
            + "  "
            + style.safe(one.path("name").asText())
            + "  "
            + verdict(one));
    bar(paper, "weights", one.path("weightsBytes").asLong(), usable);
    bar(paper, "KV cache", one.path("kvBytes").asLong(), usable);
    bar(paper, "engine", one.path("overheadBytes").asLong(), usable);
    paper.data(
        style.faint(
            "  needs %s of %s usable GiB, %s free beside the other models"
                .formatted(
                    MemoryText.gib(MemoryText.total(one)),
                    MemoryText.gib(usable),
                    MemoryText.gib(Math.max(0, one.path("freeBytes").asLong())))));
  }

  private static String verdict(JsonNode one) {
    String empty = Human.count(one.path("usersThatFitWhenEmpty").asLong(), "user", "users");
    if (one.path("fits").asBoolean()) {
      return "fits; up to %s beside what is planned there, %s if it were empty"
          .formatted(
              Human.count(one.path("usersThatFit").asLong(), "user", "users"),
              Long.toString(one.path("usersThatFitWhenEmpty").asLong()));
    }
    if (one.path("fitsWhenEmpty").asBoolean()) {
      return "%s GiB short beside what is planned there; %s if it were empty"
          .formatted(MemoryText.gib(one.path("shortBytes").asLong()), empty);
    }
    long missing = MemoryText.total(one) - one.path("usableBytes").asLong();
    return "%s GiB short, even if it were empty%s"
        .formatted(
            MemoryText.gib(missing),
            one.path("usersThatFitWhenEmpty").asLong() > 0 ? " (" + empty + " would fit)" : "");
  }

  private static void bar(Paper paper, String label, long bytes, long usable) {
    Style style = paper.style();
    paper.data(
        "  %-9s %5s  %s"
            .formatted(label, MemoryText.gib(bytes), MemoryText.alone(bytes, usable, style)));
  }

  /** A line of contexts, and a line of users for each GPU. */
  private static List<String> grid(ArrayNode fits) {
    List<String> lines = new ArrayList<>();
    int wide = "context".length();
    for (JsonNode one : fits) {
      wide = Math.max(wide, id(one).length());
    }
    String label = "%-" + (wide + 2) + "s";
    StringBuilder head = new StringBuilder(label.formatted("context"));
    fits.get(0)
        .path("usersByContext")
        .fieldNames()
        .forEachRemaining(context -> head.append("%8s".formatted(context)));
    lines.add(head.toString());
    for (JsonNode one : fits) {
      StringBuilder line = new StringBuilder(label.formatted(id(one)));
      one.path("usersByContext").forEach(count -> line.append("%8s".formatted(count.asText())));
      lines.add(line.toString());
    }
    return lines;
  }

  private static Row row(JsonNode one) {
    String verdict =
        one.path("fits").asBoolean()
            ? "yes"
            : one.path("fitsWhenEmpty").asBoolean() ? "when empty" : "no";
    return Row.of(
            id(one),
            id(one),
            one.path("name").asText("-"),
            verdict,
            MemoryText.gib(MemoryText.total(one)),
            MemoryText.gib(one.path("freeBytes").asLong()),
            MemoryText.gib(one.path("usableBytes").asLong()),
            one.path("usersThatFit").asText("-"),
            one.path("usersThatFitWhenEmpty").asText("-"),
            one.path("contextThatFitsWhenEmpty").asText("-"))
        .exactly(
            id(one),
            one.path("name").asText(""),
            verdict,
            Long.toString(MemoryText.total(one)),
            one.path("freeBytes").asText(""),
            one.path("usableBytes").asText(""),
            one.path("usersThatFit").asText(""),
            one.path("usersThatFitWhenEmpty").asText(""),
            one.path("contextThatFitsWhenEmpty").asText(""))
        .marked(mark(one));
  }

  private static Mark mark(JsonNode one) {
    if (one.path("fits").asBoolean()) {
      return Mark.GOOD;
    }
    return one.path("fitsWhenEmpty").asBoolean() ? Mark.WARN : Mark.BAD;
  }

  private static String id(JsonNode one) {
    return one.path("host").asText() + "/" + one.path("gpu").asText();
  }
}
