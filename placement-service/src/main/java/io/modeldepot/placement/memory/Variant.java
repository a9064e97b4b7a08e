package io.modeldepot.placement.memory;

import io.modeldepot.events.terms.WeightForm;
import java.util.Arrays;
import java.util.Optional;

/**
 * A form in which a model's weights can be served: a dtype, or a quantisation. The quality factors
 * are weights for choosing between variants, in per mille; they are no measured accuracy.
 */
public enum Variant {
  FP32(WeightForm.FP32, 4, 1000),
  FP16(WeightForm.FP16, 2, 1000),
  BF16(WeightForm.BF16, 2, 1000),
  FP8(WeightForm.FP8, 2, 985),
  INT8(WeightForm.INT8, 2, 975),
  AWQ(WeightForm.AWQ, 2, 950),
  GPTQ(WeightForm.GPTQ, 2, 940);

  private final WeightForm form;
  private final int kvElementBytes;
  private final int qualityPermille;

  Variant(WeightForm form, int kvElementBytes, int qualityPermille) {
    this.form = form;
    this.kvElementBytes = kvElementBytes;
    this.qualityPermille = qualityPermille;
  }

  /** The variant whose weights have this form. */
  public static Variant of(WeightForm form) {
    return Arrays.stream(values()).filter(it -> it.form == form).findFirst().orElseThrow();
  }

  /** As demands and people spell it. */
  public String label() {
    return form.label();
  }

  /** Bytes of that many parameters, rounded up. */
  public long weightsBytes(long parameters) {
    return form.weightsBytes(parameters);
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
    return form.quantised();
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
    return WeightForm.named(text).map(Variant::of);
  }
}
