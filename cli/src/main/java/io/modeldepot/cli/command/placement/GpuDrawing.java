package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;

/** A GPU and what holds its memory, to scale. */
public final class GpuDrawing {
  private static final int LABEL = 18;

  private GpuDrawing() {}

  /** As it is named everywhere: {@code HOST/ID}. */
  public static String id(JsonNode gpu) {
    return gpu.path("host").asText() + "/" + gpu.path("id").asText();
  }

  /** What the textures of the drawing mean. */
  public static String legend(Style style) {
    return MemoryText.legend(style) + "   to scale, in GiB";
  }

  /** Draws it on stdout, with an empty line below. */
  public static void draw(JsonNode gpu, Paper paper) {
    Style style = paper.style();
    String state = gpu.path("state").asText();
    long usable = gpu.path("usableBytes").asLong();
    paper.data(
        style.bold(style.safe(id(gpu)))
            + "  "
            + style.safe(gpu.path("name").asText())
            + "  "
            + style.marked(mark(state), style.safe(state))
            + style.faint(
                "  usable %s of %s"
                    .formatted(
                        MemoryText.gib(usable), MemoryText.gib(gpu.path("memoryBytes").asLong()))));
    for (JsonNode share : gpu.path("models")) {
      line(
          paper,
          share.path("model").asText(),
          MemoryText.total(share),
          MemoryText.parts(share, usable, style),
          "%s %s %d, %s"
              .formatted(
                  Human.count(share.path("users").asLong(), "user", "users"),
                  style.times(),
                  share.path("contextTokens").asLong(),
                  share.path("variant").asText()));
    }
    long reserved = gpu.path("reservedBytes").asLong();
    if (reserved > 0) {
      line(
          paper,
          "reserved",
          reserved,
          MemoryText.free(reserved, usable, style),
          gpu.path("reason").asText("")
              + (gpu.hasNonNull("until") ? " until " + gpu.path("until").asText() : ""));
    } else if (gpu.hasNonNull("reason")) {
      paper.data("  " + style.safe(gpu.path("reason").asText()));
    }
    long free = Math.max(0, gpu.path("freeBytes").asLong());
    line(paper, "free", free, MemoryText.free(free, usable, style), "");
    if (gpu.hasNonNull("measuredBytes")) {
      long measured = gpu.path("measuredBytes").asLong();
      line(paper, "measured in use", measured, "", "by the GPU itself");
    }
    paper.data("");
  }

  private static void line(Paper paper, String label, long bytes, String bar, String remark) {
    Style style = paper.style();
    String name = style.safe(label);
    String pad = " ".repeat(Math.max(1, LABEL - name.length()));
    String text = "  " + name + pad + "%5s  ".formatted(MemoryText.gib(bytes)) + bar;
    paper.data(remark.isEmpty() ? text.stripTrailing() : text + "  " + style.safe(remark));
  }

  static Mark mark(String state) {
    return switch (state) {
      case "ready" -> Mark.GOOD;
      case "drained" -> Mark.WARN;
      default -> Mark.BAD;
    };
  }
}
