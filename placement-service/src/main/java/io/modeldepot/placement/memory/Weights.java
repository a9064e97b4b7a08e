package io.modeldepot.placement.memory;

import io.modeldepot.events.terms.ModelProfile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Weights as files and configuration have them.
 *
 * @param parameters how many
 * @param stored their form
 * @param bytes their bytes in that form
 * @param remarks where the files were not believed
 */
record Weights(long parameters, Variant stored, long bytes, List<String> remarks) {

  private static final long MOST_PARAMETERS = 100_000_000_000_000L;
  private static final long MOST_BYTES = 4 * MOST_PARAMETERS;

  static Optional<Weights> of(ModelProfile profile) {
    long bytes = bytes(profile);
    Optional<Variant> dtype = ShapeReading.mostOf(profile.tensorBytes());
    Optional<Variant> quantised = profile.quantization().flatMap(Variant::named);
    if (quantised.isPresent() && bytes > 0) {
      long parameters =
          profile
              .configParameters()
              .filter(Weights::plausible)
              .orElseGet(() -> unpacked(quantised.get(), bytes));
      return Optional.of(new Weights(parameters, quantised.get(), bytes, List.of()));
    }
    Optional<Long> counted = profile.parameters().filter(it -> plausible(it) && bytes > 0);
    Optional<Long> stated = profile.configParameters().filter(Weights::plausible);
    Variant stored = dtype.orElse(Variant.FP16);
    if (counted.isPresent() && (stated.isEmpty() || near(counted.get(), stated.get()))) {
      return Optional.of(new Weights(counted.get(), stored, bytes, List.of()));
    }
    return stated.map(
        parameters ->
            new Weights(
                parameters,
                stored,
                stored.weightsBytes(parameters),
                List.of(remark(counted, parameters))));
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

  private static boolean near(long counted, long stated) {
    return Math.abs(counted - stated) * 100L <= stated * ShapeReading.BELIEVED_DIFFERENCE_PERCENT;
  }

  private static long unpacked(Variant form, long bytes) {
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
