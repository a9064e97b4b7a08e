package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Style;
import io.modeldepot.events.terms.Figures;

/**
 * GPU memory as people read it: GiB, as the tools of the GPU's maker show it, and bars to scale.
 * Parts differ by their texture, never by colour alone.
 */
final class MemoryText {
  /** Cells of a bar that stands for a whole GPU. */
  static final int CELLS = 40;

  private MemoryText() {}

  /** "12.6": the unit stands in the heading. */
  static String gib(long bytes) {
    return Figures.gib(bytes);
  }

  /** How many cells of {@link #CELLS} a part of the whole has; a part that is there shows. */
  static int cells(long part, long whole) {
    if (part <= 0 || whole <= 0) {
      return 0;
    }
    return (int) Math.clamp(Math.round((double) part * CELLS / whole), 1, CELLS);
  }

  /** Weights, KV cache and engine of a model, one beside the other. */
  static String parts(JsonNode share, long whole, Style style) {
    return texture(style, 0).repeat(cells(share.path("weightsBytes").asLong(), whole))
        + texture(style, 1).repeat(cells(share.path("kvBytes").asLong(), whole))
        + texture(style, 2).repeat(cells(share.path("overheadBytes").asLong(), whole));
  }

  /** A part alone, filled up to the whole. */
  static String alone(long part, long whole, Style style) {
    int full = cells(part, whole);
    return texture(style, 0).repeat(full) + texture(style, 3).repeat(CELLS - full);
  }

  /** What is not taken. */
  static String free(long part, long whole, Style style) {
    return texture(style, 3).repeat(cells(part, whole));
  }

  /** What the textures mean. */
  static String legend(Style style) {
    return texture(style, 0)
        + " weights  "
        + texture(style, 1)
        + " KV cache  "
        + texture(style, 2)
        + " engine  "
        + texture(style, 3)
        + " free";
  }

  /** All that a share takes. */
  static long total(JsonNode share) {
    return share.path("weightsBytes").asLong()
        + share.path("kvBytes").asLong()
        + share.path("overheadBytes").asLong();
  }

  private static String texture(Style style, int part) {
    return String.valueOf((style.unicode() ? "█▓▒░" : "#=-.").charAt(part));
  }
}
