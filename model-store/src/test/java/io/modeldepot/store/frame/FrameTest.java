package io.modeldepot.store.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameTest {
  private final FrameEncoder encoder = new FrameEncoder();
  private final FrameDecoder decoder = new FrameDecoder();

  @AfterEach
  void close() {
    encoder.close();
    decoder.close();
  }

  @Test
  void bf16WeightsAreGroupedAndTakeAtMostSeventyPercent() throws IOException {
    byte[] weights = bf16(4 << 20, 7);

    Frame frame = encoder.encode(weights, weights.length);

    assertThat(frame.transform()).isEqualTo(Transform.TWO_PLANES);
    assertThat((double) frame.length() / weights.length).isLessThan(0.70);
    assertThat(unpacked(frame, weights.length)).isEqualTo(weights);
  }

  @Test
  void fp32WeightsAreGroupedByFour() throws IOException {
    byte[] weights = fp32(4 << 20, 7);

    Frame frame = encoder.encode(weights, weights.length);

    assertThat(frame.transform()).isEqualTo(Transform.FOUR_PLANES);
    assertThat(unpacked(frame, weights.length)).isEqualTo(weights);
  }

  @Test
  void textIsNotGrouped() throws IOException {
    byte[] text =
        "{\"vocabulary\": 32000, \"name\": \"a\"}\n".repeat(9000).getBytes(StandardCharsets.UTF_8);

    Frame frame = encoder.encode(text, text.length);

    assertThat(frame.transform()).isEqualTo(Transform.NONE);
    assertThat(unpacked(frame, text.length)).isEqualTo(text);
  }

  @Test
  void noiseIsStoredAsItIs() throws IOException {
    byte[] noise = new byte[1 << 20];
    new Random(3).nextBytes(noise);

    Frame frame = encoder.encode(noise, noise.length);

    assertThat(frame.transform()).isEqualTo(Transform.STORED);
    assertThat(unpacked(frame, noise.length)).isEqualTo(noise);
  }

  @ParameterizedTest
  @EnumSource
  void everyLengthComesBack(Kind kind) throws IOException {
    for (int length = 0; length < 130; length++) {
      byte[] raw = Arrays.copyOf(kind.make(256), length);

      assertThat(unpacked(encoder.encode(raw, length), length))
          .as("%s of %s bytes", kind, length)
          .isEqualTo(raw);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFlippedBitIsFoundOrTheBytesDiffer(Kind kind) throws IOException {
    byte[] raw = kind.make(64 << 10);
    Frame frame = encoder.encode(raw, raw.length);
    byte[] good = Arrays.copyOf(frame.bytes(), frame.length());
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int round = 0; round < 200; round++) {
      byte[] bad = good.clone();
      int bit = random.nextInt(bad.length * 8);
      bad[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(decodedWrongly(frame.transform(), bad, raw))
          .as("seed %s, bit %s of %s", seed, bit, kind)
          .isTrue();
    }
  }

  @Test
  void aLengthThatIsNotTheFramesIsRefused() {
    byte[] raw = bf16(1 << 16, 1);
    Frame frame = encoder.encode(raw, raw.length);

    assertThatThrownBy(() -> unpacked(frame, raw.length - 1)).isInstanceOf(DamagedFrame.class);
    assertThatThrownBy(() -> Transform.of(9)).isInstanceOf(DamagedFrame.class);
  }

  private boolean decodedWrongly(Transform transform, byte[] bad, byte[] raw) throws IOException {
    byte[] out = new byte[raw.length];
    try {
      decoder.decode(transform, bad, 0, bad.length, out, raw.length);
    } catch (DamagedFrame e) {
      return true;
    }
    // Stored bytes have no checksum of their own, and some bits of a header mean nothing.
    return transform == Transform.STORED ? !Arrays.equals(out, raw) : Arrays.equals(out, raw);
  }

  private byte[] unpacked(Frame frame, int length) throws IOException {
    byte[] raw = new byte[length];
    decoder.decode(frame.transform(), frame.bytes(), 0, frame.length(), raw, length);
    return raw;
  }

  enum Kind {
    BF16 {
      @Override
      byte[] make(int length) {
        return bf16(length, 1);
      }
    },
    FP32 {
      @Override
      byte[] make(int length) {
        return fp32(length, 1);
      }
    },
    TEXT {
      @Override
      byte[] make(int length) {
        return "abc abd abe ".repeat(length).substring(0, length).getBytes(StandardCharsets.UTF_8);
      }
    },
    NOISE {
      @Override
      byte[] make(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
      }
    };

    abstract byte[] make(int length);
  }

  private static byte[] bf16(int length, long seed) {
    Random random = new Random(seed);
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (out.remaining() >= 2) {
      out.putShort((short) (Float.floatToIntBits((float) random.nextGaussian() * 0.02f) >>> 16));
    }
    return out.array();
  }

  private static byte[] fp32(int length, long seed) {
    Random random = new Random(seed);
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (out.remaining() >= 4) {
      out.putFloat((float) random.nextGaussian() * 0.02f);
    }
    return out.array();
  }
}
