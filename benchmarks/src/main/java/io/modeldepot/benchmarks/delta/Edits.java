package io.modeldepot.benchmarks.delta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** The ways in which the next version of a model differs from the one before. */
final class Edits {
  private static final int ROW = SmallModel.WIDTH;

  private Edits() {}

  /** A way to edit, as the table names it. */
  record Edit(String name, UnaryOperator<SmallModel> change) {}

  static List<Edit> all() {
    return List.of(
        new Edit(
            "metadata: everything moves",
            model -> new SmallModel("base, with a longer description of itself", model.tensors())),
        new Edit("a tensor added in the middle", Edits::added),
        new Edit("every up_proj replaced", model -> each(model, Edits::replaced)),
        new Edit("1 % of the rows changed", model -> each(model, (n, t) -> rows(t, n.hashCode()))),
        new Edit(
            "1 % of the values changed", model -> each(model, (n, t) -> values(t, n.hashCode()))),
        new Edit("LoRA of rank 16 merged into q and v", model -> each(model, Edits::merged)),
        new Edit("all values moved a little (1e-5)", model -> tuned(model, 1e-5)),
        new Edit("all values moved (1e-4)", model -> tuned(model, 1e-4)));
  }

  /** What becomes of one tensor. */
  private interface Change {
    short[] of(String name, short[] tensor);
  }

  private static SmallModel each(SmallModel model, Change change) {
    Map<String, short[]> changed = new LinkedHashMap<>();
    model.tensors().forEach((name, tensor) -> changed.put(name, change.of(name, tensor)));
    return new SmallModel(model.author(), changed);
  }

  private static SmallModel added(SmallModel model) {
    // The file keeps the order of its names, as the usual writers do.
    Map<String, short[]> ordered = new LinkedHashMap<>();
    model
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.equals("model.layers.0.mlp.gate_proj.weight")) {
                ordered.put(
                    "model.layers.0.mlp.gate_proj.bias",
                    SmallModel.normal(new SplittableRandom(5), 5632 + 3, 0.02, 0));
              }
              ordered.put(name, tensor);
            });
    return new SmallModel(model.author(), ordered);
  }

  private static short[] replaced(String name, short[] tensor) {
    return name.contains("up_proj")
        ? SmallModel.normal(new SplittableRandom(name.hashCode()), tensor.length, 0.02, 0)
        : tensor;
  }

  private static short[] rows(short[] tensor, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    short[] changed = tensor.clone();
    for (int row = 0; row < tensor.length / ROW; row++) {
      if (random.nextInt(100) == 0) {
        System.arraycopy(SmallModel.normal(random, ROW, 0.02, 0), 0, changed, row * ROW, ROW);
      }
    }
    return changed;
  }

  private static short[] values(short[] tensor, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    short[] changed = tensor.clone();
    for (int i = 0; i < changed.length; i++) {
      if (random.nextInt(100) == 0) {
        changed[i] = SmallModel.bf16((float) (random.nextGaussian() * 0.02));
      }
    }
    return changed;
  }

  private static short[] merged(String name, short[] tensor) {
    if (!name.contains("q_proj") && !name.contains("v_proj")) {
      return tensor;
    }
    SplittableRandom random = new SplittableRandom(name.hashCode());
    int width = SmallModel.WIDTH;
    int rank = 16;
    float[] down = factor(random, rank * width, 0.02);
    float[] up = factor(random, width * rank, 0.005);
    short[] changed = new short[tensor.length];
    for (int row = 0; row < width; row++) {
      float[] sum = new float[width];
      for (int k = 0; k < rank; k++) {
        float weight = 2 * up[row * rank + k];
        for (int column = 0; column < width; column++) {
          sum[column] += weight * down[k * width + column];
        }
      }
      for (int column = 0; column < width; column++) {
        int at = row * width + column;
        changed[at] = SmallModel.bf16(SmallModel.number(tensor[at]) + sum[column]);
      }
    }
    return changed;
  }

  private static float[] factor(SplittableRandom random, int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  private static SmallModel tuned(SmallModel model, double deviation) {
    return each(
        model,
        (name, tensor) -> {
          SplittableRandom random = new SplittableRandom(name.hashCode());
          short[] changed = new short[tensor.length];
          for (int i = 0; i < tensor.length; i++) {
            double moved = SmallModel.number(tensor[i]) + random.nextGaussian() * deviation;
            changed[i] = SmallModel.bf16((float) moved);
          }
          return changed;
        });
  }
}
