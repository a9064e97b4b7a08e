package io.modeldepot.events.terms;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a model by its profile, the one figure that every page shows. Parameters and bytes
 * are those of the files. Where the files' count differs from the configuration's by more than five
 * percent, the configuration's is used and a remark says so: a part of the weights, or weights and
 * something else, are not the model. Files that are quantised hold packed elements, which are not
 * compared.
 *
 * @param parameters how many
 * @param form in which they are stored
 * @param bytes that they take in that form
 * @param remark where the files were not believed
 */
public record StatedWeights(long parameters, WeightForm form, long bytes, Optional<String> remark) {
  private static final int BELIEVED_DIFFERENCE_PERCENT = 5;
  private static final long MOST_PARAMETERS = 100_000_000_000_000L;
  private static final long MOST_BYTES = 4 * MOST_PARAMETERS;

  /** What a profile says; empty where it says nothing of weights. */
  public static Optional<StatedWeights> of(ModelProfile profile) {
    long bytes = bytes(profile);
    Optional<WeightForm> quantised = profile.quantization().flatMap(WeightForm::named);
    if (quantised.isPresent() && bytes > 0) {
      long parameters =
          profile
              .configParameters()
              .filter(StatedWeights::plausible)
              .orElseGet(() -> unpacked(quantised.get(), bytes));
      return Optional.of(new StatedWeights(parameters, quantised.get(), bytes, Optional.empty()));
    }
    Optional<Long> counted = profile.parameters().filter(it -> plausible(it) && bytes > 0);
    Optional<Long> stated = profile.configParameters().filter(StatedWeights::plausible);
    WeightForm stored = mostOf(profile.tensorBytes()).orElse(WeightForm.FP16);
    if (counted.isPresent() && (stated.isEmpty() || near(counted.get(), stated.get()))) {
      return Optional.of(new StatedWeights(counted.get(), stored, bytes, Optional.empty()));
    }
    return stated.map(
        parameters ->
            new StatedWeights(
                parameters,
                stored,
                stored.weightsBytes(parameters),
                Optional.of(remark(counted, parameters))));
  }

  private static boolean plausible(long parameters) {
    return parameters > 0 && parameters <= MOST_PARAMETERS;
  }

  /** Zero where it cannot be: files may say anything. */
  private static long bytes(ModelProfile profile) {
    long sum = 0;
    for (long bytes : profile.tensorBytes().values()) {
      if (bytes < 0 || bytes > MOST_BYTES - sum) {
        return 0;
      }
      sum += bytes;
    }
    return sum;
  }

  /** The form that most bytes have. */
  private static Optional<WeightForm> mostOf(Map<String, Long> tensorBytes) {
    return tensorBytes.entrySet().stream()
        .filter(entry -> WeightForm.named(entry.getKey()).isPresent())
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .flatMap(entry -> WeightForm.named(entry.getKey()));
  }

  private static boolean near(long counted, long stated) {
    return Math.abs(counted - stated) * 100L <= stated * BELIEVED_DIFFERENCE_PERCENT;
  }

  private static long unpacked(WeightForm form, long bytes) {
    return bytes * 1_000_000L / form.weightsBytes(1_000_000L);
  }

  private static String remark(Optional<Long> counted, long stated) {
    return counted
        .map(
            count ->
                String.format(
                    Locale.ROOT,
                    "The files hold %,d parameters, config.json describes %,d; the latter are used.",
                    count,
                    stated))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "No tensors could be counted; the %,d parameters that config.json describes are"
                        + " used.",
                    stated));
  }
}
