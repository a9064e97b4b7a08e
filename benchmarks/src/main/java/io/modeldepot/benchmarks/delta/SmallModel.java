package io.modeldepot.benchmarks.delta;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * A decoder of the usual shapes in bf16, in memory: normally distributed weights whose deviation
 * falls with the width, norms near one, and a head of its own.
 *
 * @param author free text of the header
 * @param tensors by name, in the order of the file
 */
record SmallModel(String author, Map<String, short[]> tensors) {
  static final int WIDTH = 2048;
  private static final int INNER = 5632;
  private static final int WORDS = 8192;

  /** As many layers as fit into so many bytes. */
  static SmallModel of(long bytes) {
    Map<String, short[]> tensors = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    long perLayer = 2L * (4L * WIDTH * WIDTH + 3L * WIDTH * INNER + 2L * WIDTH);
    long layers = Math.max(1, (bytes - 4L * WORDS * WIDTH) / perLayer);
    tensors.put("lm_head.weight", normal(random, WORDS * WIDTH, 0.02, 0));
    tensors.put("model.embed_tokens.weight", normal(random, WORDS * WIDTH, 0.02, 0));
    double deviation = 1 / Math.sqrt(WIDTH);
    for (int layer = 0; layer < layers; layer++) {
      String name = "model.layers.%d.".formatted(layer);
      tensors.put(name + "input_layernorm.weight", normal(random, WIDTH, 0.1, 1));
      for (String mlp : new String[] {"down", "gate", "up"}) {
        tensors.put(
            name + "mlp." + mlp + "_proj.weight", normal(random, INNER * WIDTH, deviation, 0));
      }
      tensors.put(name + "post_attention_layernorm.weight", normal(random, WIDTH, 0.1, 1));
      for (String attention : new String[] {"k", "o", "q", "v"}) {
        tensors.put(
            name + "self_attn." + attention + "_proj.weight",
            normal(random, WIDTH * WIDTH, deviation, 0));
      }
    }
    return new SmallModel("base", tensors);
  }

  static short[] normal(SplittableRandom random, int count, double deviation, double mean) {
    short[] values = new short[count];
    for (int i = 0; i < count; i++) {
      values[i] = bf16((float) (mean + random.nextGaussian() * deviation));
    }
    return values;
  }

  /** Rounded to the nearest, ties to even. */
  static short bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }

  static float number(short bf16) {
    return Float.intBitsToFloat(bf16 << 16);
  }

  /** As a safetensors file. */
  byte[] file() {
    StringJoiner entries = new StringJoiner(",", "{", "}");
    entries.add("\"__metadata__\":{\"format\":\"pt\",\"author\":\"" + author + "\"}");
    long at = 0;
    for (Map.Entry<String, short[]> tensor : tensors.entrySet()) {
      long end = at + 2L * tensor.getValue().length;
      entries.add(
          "\"%s\":{\"dtype\":\"BF16\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
              .formatted(tensor.getKey(), tensor.getValue().length, at, end));
      at = end;
    }
    String json = entries.toString();
    byte[] header =
        (json + " ".repeat(7 - (json.length() + 7) % 8)).getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(8 + header.length + at)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    for (short[] tensor : tensors.values()) {
      file.asShortBuffer().put(tensor);
      file.position(file.position() + 2 * tensor.length);
    }
    return file.array();
  }

  /** The bytes of one tensor. */
  static byte[] bytes(short[] tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * tensor.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(tensor);
    return bytes.array();
  }
}
