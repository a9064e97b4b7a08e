package io.modeldepot.events.terms;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A form in which a model's weights can be held, by the names that demands use: a dtype, or a
 * quantisation.
 *
 * <p>Bytes per parameter of 4-bit forms: 4 bits, a scale of 16 and a zero of 4 bits per group of
 * 128, and embeddings that stay 16-bit; together 0.58 for a 7B model with 32,000 tokens in its
 * vocabulary (3.9 GB), less for larger ones.
 */
public enum WeightForm {
  FP32("fp32", 4000),
  FP16("fp16", 2000),
  BF16("bf16", 2000),
  FP8("fp8", 1000),
  INT8("int8", 1000),
  AWQ("awq", 580),
  GPTQ("gptq", 580);

  private final String label;
  private final int bytesPerThousandParameters;

  WeightForm(String label, int bytesPerThousandParameters) {
    this.label = label;
    this.bytesPerThousandParameters = bytesPerThousandParameters;
  }

  /** As demands and people spell it. */
  public String label() {
    return label;
  }

  /** Bytes of that many parameters, rounded up. */
  public long weightsBytes(long parameters) {
    return Math.ceilDiv(Math.multiplyExact(parameters, (long) bytesPerThousandParameters), 1000L);
  }

  /** Whether it is a quantisation, not a dtype. */
  public boolean quantised() {
    return bytesPerThousandParameters < 2000;
  }

  /** The form that people and files mean by this. */
  public static Optional<WeightForm> named(String text) {
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

  /** Why this word is none, with the one that may be meant and all there are. */
  public static String refusal(String text) {
    List<String> labels = Arrays.stream(values()).map(WeightForm::label).toList();
    String meant =
        Nearest.to(text.strip().toLowerCase(Locale.ROOT), labels)
            .map(it -> " Did you mean " + it + "?")
            .orElse("");
    return "\"%s\" is no form of weights.%s It can be %s."
        .formatted(text, meant, labels.stream().collect(Collectors.joining(", ")));
  }
}
