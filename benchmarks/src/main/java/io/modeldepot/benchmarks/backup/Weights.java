package io.modeldepot.benchmarks.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Well-formed safetensors files of normally distributed bf16 weights; the same for the same seed.
 */
final class Weights {
  private static final int SAMPLES = 1 << 20;
  private static final double DEVIATION = 0.02;

  private final short[] samples = new short[SAMPLES];

  Weights() {
    Random random = new Random(1);
    for (int i = 0; i < SAMPLES; i++) {
      float value = (float) (random.nextGaussian() * DEVIATION);
      samples[i] = (short) (Float.floatToIntBits(value) >>> 16);
    }
  }

  /** Writes a file of one tensor. */
  void write(Path file, long values, long seed) throws IOException {
    String header =
        "{\"weight\":{\"dtype\":\"BF16\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(values, 2 * values);
    byte[] text =
        (header + " ".repeat((8 - header.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
      out.write(text);
      byte[] chunk = new byte[1 << 20];
      long state = seed * 0x9E3779B97F4A7C15L + 1;
      for (long left = values; left > 0; left -= chunk.length / 2) {
        int here = (int) Math.min(left, chunk.length / 2);
        for (int i = 0; i < here; i++) {
          state ^= state << 13;
          state ^= state >>> 7;
          state ^= state << 17;
          short value = samples[(int) (state >>> 40) & (SAMPLES - 1)];
          chunk[2 * i] = (byte) value;
          chunk[2 * i + 1] = (byte) (value >>> 8);
        }
        out.write(chunk, 0, 2 * here);
      }
    }
  }
}
