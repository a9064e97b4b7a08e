package io.modeldepot.benchmarks.drawn;

import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A form of models that people serve.
 *
 * @param parameters how many
 * @param layers transformer layers
 * @param heads attention heads
 * @param kvHeads heads of keys and values
 * @param headSize elements per head
 */
record Shape(long parameters, int layers, int heads, int kvHeads, int headSize) {
  private static final int CONTEXT_TOKENS = 32_768;

  /** From half a billion to 69 billion parameters. */
  static final List<Shape> ALL =
      List.of(
          of(0.5, 24, 16, 4, 64),
          of(1.1, 22, 32, 4, 64),
          of(1.8, 24, 16, 16, 128),
          of(2.8, 32, 32, 32, 80),
          of(3.2, 28, 24, 8, 128),
          of(6.7, 32, 32, 32, 128),
          of(7.2, 32, 32, 8, 128),
          of(7.6, 28, 28, 4, 128),
          of(8.0, 32, 32, 8, 128),
          of(13.0, 40, 40, 40, 128),
          of(14.8, 48, 40, 8, 128),
          of(22.2, 56, 48, 8, 128),
          of(32.8, 64, 40, 8, 128),
          of(34.0, 48, 64, 8, 128),
          of(46.7, 32, 32, 8, 128),
          of(69.0, 80, 64, 8, 128));

  private static Shape of(double billions, int layers, int heads, int kvHeads, int headSize) {
    return new Shape(Math.round(billions * 1e9), layers, heads, kvHeads, headSize);
  }

  /**
   * Small models are asked for more often than large ones: by the power -3/4 of their parameters.
   */
  static Shape drawn(Random random) {
    double sum = ALL.stream().mapToDouble(Shape::popularity).sum();
    double at = random.nextDouble() * sum;
    for (Shape shape : ALL) {
      at -= shape.popularity();
      if (at < 0) {
        return shape;
      }
    }
    return ALL.getLast();
  }

  private double popularity() {
    return Math.pow(parameters, -0.75);
  }

  /** Files in this form. */
  ModelShape stored(Variant variant) {
    return stored(variant, parameters);
  }

  /** Files of a model of this form, but with that many parameters. */
  ModelShape stored(Variant variant, long count) {
    return new ModelShape(
        count,
        variant,
        variant.weightsBytes(count),
        layers,
        heads,
        kvHeads,
        headSize,
        CONTEXT_TOKENS,
        OptionalInt.empty(),
        List.of());
  }
}
