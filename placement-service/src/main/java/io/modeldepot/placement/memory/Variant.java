package io.modeldepot.placement.memory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A form in which a model's weights can be held: a dtype, or a quantisation.
 *
 * <p>Bytes per parameter of 4-bit forms: 4 bits, a scale of 16 and a zero of 4 bits per group of
 * 128, and embeddings that stay 16-bit; together 0.58 for a 7B model with 32,000 tokens in its
 * vocabulary (3.9 GB), less for larger ones. The quality factors are weights for choosing between
 * variants, in per mille; they are no measured accuracy.
 */
public enum Variant {
  FP32("fp32", 4000, 4, 1000),
  FP16("fp16", 2000, 2, 1000),
  BF16("bf16", 2000, 2, 1000),
  FP8("fp8", 1000, 2, 985),
  INT8("int8", 1000, 2, 975),
  AWQ("awq", 580, 2, 950),
  GPTQ("gptq", 580, 2, 940);

  private final String label;
  private final int bytesPerThousandParameters;
  private final int kvElementBytes;
  private final int qualityPermille;

  Variant(String label, int bytesPerThousandParameters, int kvElementBytes, int qualityPermille) {
    this.label = label;
    this.bytesPerThousandParameters = bytesPerThousandParameters;
    this.kvElementBytes = kvElementBytes;
    this.qualityPermille = qualityPermille;
  }

  /** As demands and people spell it. */
  public String label() {
    return label;
  }

  /** Bytes of that many parameters, rounded up. */
  public long weightsBytes(long parameters) {
    return Math.ceilDiv(Math.multiplyExact(parameters, (long) bytesPerThousandParameters), 1000L);
  }

  /** Bytes of one element of the KV cache. Quantised weights leave the cache at 16 bits. */
  public int kvElementBytes() {
    return kvElementBytes;
  }

  /** What serving in this form counts for, against 1000 for full precision. */
  public int qualityPermille() {
    return qualityPermille;
  }

  /** Whether it is a quantisation, not a dtype. */
  public boolean quantised() {
    return bytesPerThousandParameters < 2000;
  }

  /** The dtype that activations have. */
  public String dtype() {
    return switch (this) {
      case FP32 -> "float32";
      case BF16 -> "bfloat16";
      case FP16, FP8, INT8, AWQ, GPTQ -> "float16";
    };
  }

  /**
   * Whether an engine can serve files of this form as that other form: by casting, or by quantising
   * to FP8 while it loads. Integer forms are made by calibration and need files of their own.
   */
  public boolean canBeServedAs(Variant other) {
    if (this == other) {
      return true;
    }
    return !quantised() && (!other.quantised() && other != FP32 || other == FP8);
  }

  /** The variant that people mean by this. */
  public static Optional<Variant> named(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "float32", "f32" -> Optional.of(FP32);
      case "float16", "half", "f16" -> Optional.of(FP16);
      case "bfloat16" -> Optional.of(BF16);
      case "f8_e4m3", "f8_e5m2" -> Optional.of(FP8);
      case "i8" -> Optional.of(INT8);
      default -> Arrays.stream(values()).filter(it -> it.label.equals(name)).findFirst();
    };
  }
}
