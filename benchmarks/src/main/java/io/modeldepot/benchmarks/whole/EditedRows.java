package io.modeldepot.benchmarks.whole;

import io.modeldepot.benchmarks.rig.Shelf;
import io.modeldepot.store.chunk.Chunker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * A decoder of the usual shapes in bf16 as one safetensors file. Each edition is the one before
 * with 1 % of the rows of its tensors changed, all over the file.
 *
 * @param path of the file in the model
 * @param edition from 0
 * @param tensorBytes of all tensors, a multiple of a row
 */
record EditedRows(String path, int edition, long tensorBytes) implements Shelf.Content {
  private static final int WIDTH = 2048;
  private static final int ROW_BYTES = 2 * WIDTH;
  private static final int INNER = 5632;
  private static final int EDITED_ONE_IN = 100;

  /** Row and edition share the seed of a row. */
  private static final int EDITION_BIT = 40;

  private static final int SELECTION_BIT = 56;

  /** A tensor of so many rows. */
  private record Tensor(String name, long rows) {}

  @Override
  public long sizeBytes() {
    return start().length + tensorBytes;
  }

  @Override
  public void write(Shelf.Sink sink) throws IOException {
    byte[] start = start();
    sink.take(start, start.length);
    byte[] row = new byte[ROW_BYTES];
    for (long number = 0; number < tensorBytes / ROW_BYTES; number++) {
      seeded(number, editionOf(number)).nextBytes(row);
      sink.take(row, row.length);
    }
  }

  /**
   * How long the pieces are, together, in which something differs from the edition before; cut as
   * the depot cuts a safetensors file, but told from the edits and not from the bytes.
   */
  long changedPiecesBytes() {
    long changed = 0;
    long first = 0;
    int rowsOfPiece = Chunker.USUAL_BYTES / ROW_BYTES;
    for (Tensor tensor : tensors()) {
      for (long row = 0; row < tensor.rows(); row += rowsOfPiece) {
        long rows = Math.min(rowsOfPiece, tensor.rows() - row);
        if (anyEdited(first + row, rows)) {
          changed += rows * ROW_BYTES;
        }
      }
      first += tensor.rows();
    }
    return changed;
  }

  private boolean anyEdited(long first, long count) {
    for (long row = first; row < first + count; row++) {
      if (isEdited(row, edition)) {
        return true;
      }
    }
    return false;
  }

  private int editionOf(long row) {
    int last = edition;
    while (last > 0 && !isEdited(row, last)) {
      last--;
    }
    return last;
  }

  private static boolean isEdited(long row, int edition) {
    return seeded(row | 1L << SELECTION_BIT, edition).nextInt(EDITED_ONE_IN) == 0;
  }

  private static SplittableRandom seeded(long row, int edition) {
    return new SplittableRandom(row | (long) edition << EDITION_BIT);
  }

  private byte[] start() {
    StringJoiner entries = new StringJoiner(",", "{", "}");
    long at = 0;
    for (Tensor tensor : tensors()) {
      long end = at + tensor.rows() * ROW_BYTES;
      entries.add(
          "\"%s\":{\"dtype\":\"BF16\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
              .formatted(tensor.name(), tensor.rows(), WIDTH, at, end));
      at = end;
    }
    return Shelf.safetensorsStart(entries.toString());
  }

  /** As many layers as fit; the embedding has the words that make up the length. */
  private List<Tensor> tensors() {
    List<Tensor> layers = new ArrayList<>();
    long left = tensorBytes / ROW_BYTES;
    for (int number = 0; true; number++) {
      List<Tensor> layer = layer("model.layers." + number + ".");
      long rows = layer.stream().mapToLong(Tensor::rows).sum();
      if (rows >= left) {
        layers.addFirst(new Tensor("model.embed_tokens.weight", left));
        return layers;
      }
      layers.addAll(layer);
      left -= rows;
    }
  }

  private static List<Tensor> layer(String name) {
    List<Tensor> layer = new ArrayList<>();
    layer.add(new Tensor(name + "input_layernorm.weight", 1));
    for (String mlp : List.of("down", "gate", "up")) {
      layer.add(new Tensor(name + "mlp." + mlp + "_proj.weight", INNER));
    }
    layer.add(new Tensor(name + "post_attention_layernorm.weight", 1));
    for (String attention : List.of("k", "o", "q", "v")) {
      layer.add(new Tensor(name + "self_attn." + attention + "_proj.weight", WIDTH));
    }
    return layer;
  }
}
