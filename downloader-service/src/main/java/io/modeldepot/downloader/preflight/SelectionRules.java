package io.modeldepot.downloader.preflight;

import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.Selection;
import io.modeldepot.events.terms.UpstreamSignature;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files of a repository a selection means. Pure.
 *
 * <p>{@code full} is everything. {@code serving} leaves out weights that are there a second time in
 * another form: where a directory has safetensors files, its PyTorch, TensorFlow, Flax, ONNX, GGUF
 * and other weights; where the repository has safetensors files, the folders of other runtimes; and
 * {@code consolidated…} beside {@code model…}. Everything that is not weights stays. A repository
 * without safetensors keeps its PyTorch weights and leaves out what other runtimes need. A file
 * that {@code include} names is taken whatever the profile says, and so is the publisher's
 * signature; {@code exclude} is asked last.
 */
final class SelectionRules {
  private static final Pattern SAFETENSORS = Pattern.compile(".*\\.safetensors");
  private static final Pattern PYTORCH =
      Pattern.compile("(?!.*tokenizer).*\\.(bin|pt|pth|ckpt)(\\.index\\.json)?");

  /** PyTorch files that no inference server reads: they do not make other weights duplicates. */
  private static final Pattern TRAINING =
      Pattern.compile(
          "(.*/)?(training_args|optimizer|scheduler|scaler|rng_state|random_states)[^/]*");

  private static final Pattern OTHER_RUNTIME =
      Pattern.compile(
          ".*\\.(h5|msgpack|onnx|onnx_data|ot|tflite|gguf|ggml|mlmodel|nemo)(\\.index\\.json)?");
  private static final Pattern RUNTIME_FOLDER =
      Pattern.compile("(onnx|openvino|coreml|original|metal|tf|flax|ggml|gguf)/.*");
  private static final Pattern CONSOLIDATED = Pattern.compile("consolidated.*\\.safetensors");
  private static final Pattern MODEL = Pattern.compile("model(-\\d+-of-\\d+)?\\.safetensors");

  private SelectionRules() {}

  /** The selected paths, in the order given. */
  static List<String> select(Selection selection, Collection<String> paths) {
    Globs include = Globs.of(selection.include());
    Globs exclude = Globs.of(selection.exclude());
    boolean serving = selection.profile().orElse(Profile.FULL) == Profile.SERVING;
    Set<String> withSafetensors = new HashSet<>();
    paths.stream()
        .filter(path -> SAFETENSORS.matcher(lower(path)).matches())
        .forEach(path -> withSafetensors.add(directory(path)));
    boolean anyPytorch = paths.stream().anyMatch(path -> isPytorchWeights(lower(path)));
    boolean anyModel = paths.stream().anyMatch(path -> MODEL.matcher(lower(path)).matches());
    return paths.stream()
        .filter(
            path -> include.isEmpty() || include.match(path) || path.equals(UpstreamSignature.FILE))
        .filter(
            path ->
                !serving
                    || !include.isEmpty()
                    || !isDuplicate(path, withSafetensors, anyPytorch, anyModel))
        .filter(path -> !exclude.match(path))
        .toList();
  }

  private static boolean isDuplicate(
      String path, Set<String> withSafetensors, boolean anyPytorch, boolean anyModel) {
    String name = lower(path);
    if (SAFETENSORS.matcher(name).matches()) {
      return anyModel && CONSOLIDATED.matcher(name).matches();
    }
    boolean weights = !withSafetensors.isEmpty() || anyPytorch;
    if (weights && RUNTIME_FOLDER.matcher(name).matches()) {
      return true;
    }
    if (withSafetensors.contains(directory(path))) {
      return PYTORCH.matcher(name).matches() || OTHER_RUNTIME.matcher(name).matches();
    }
    return anyPytorch && OTHER_RUNTIME.matcher(name).matches();
  }

  private static boolean isPytorchWeights(String name) {
    return PYTORCH.matcher(name).matches() && !TRAINING.matcher(name).matches();
  }

  private static String directory(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String lower(String path) {
    return path.toLowerCase(Locale.ROOT);
  }
}
