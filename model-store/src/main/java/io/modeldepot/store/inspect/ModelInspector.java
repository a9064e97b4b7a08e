package io.modeldepot.store.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what a model's files say. Reads headers and small files only, so its cost does not depend
 * on the size of the weights. Nothing is executed, nothing is written. What loading the files would
 * run is another question, which the scan of the module {@code provenance} answers: here no file
 * counts as a pickle.
 */
public final class ModelInspector {
  private static final long MAX_CONFIG_BYTES = 4L << 20;

  private final ModelFiles files;
  private final List<Finding> findings = new ArrayList<>();

  private ModelInspector(ModelFiles files) {
    this.files = files;
  }

  /**
   * What these files say. A malformed file is a finding and its figures stay absent; asking again
   * gives the same answer.
   *
   * @throws IOException if a file cannot be read
   */
  public static Inspection inspect(ModelFiles files) throws IOException {
    return new ModelInspector(files).inspect();
  }

  /**
   * What the small text files say, for comparing versions. A malformed file says nothing.
   *
   * @throws IOException if a file cannot be read
   */
  public static Reading read(ModelFiles files) throws IOException {
    return new TextFiles(files).read();
  }

  private Inspection inspect() throws IOException {
    Optional<Weights> weights = weights();
    ModelConfig config = config("config.json");
    ModelProfile profile =
        new ModelProfile(
            config.architecture(),
            weights.map(Weights::parameters),
            config.parameters(),
            weights.map(Weights::bytesPerDtype).orElse(Map.of()),
            config.layers(),
            config.hiddenSize(),
            config.heads(),
            config.kvHeads(),
            config.headSize(),
            config.contextTokens(),
            config.slidingWindow(),
            config.quantization().or(this::quantizationBesideConfig),
            config.needsItsOwnCode() || config("tokenizer_config.json").needsItsOwnCode(),
            false);
    findings.sort(Comparator.comparing(Finding::path));
    return new Inspection(profile, findings);
  }

  /** Empty if there are none, or if a shard is malformed or missing: a part is not the model. */
  private Optional<Weights> weights() throws IOException {
    WeightSet set;
    try {
      set = WeightSet.of(files);
    } catch (MalformedModelFile e) {
      findings.add(new Finding(WeightSet.INDEX, e.problem()));
      set = WeightSet.withoutIndex(files);
    }
    for (String shard : set.missing()) {
      findings.add(new Finding(WeightSet.INDEX, missing(shard)));
    }
    boolean whole = set.missing().isEmpty() && !set.paths().isEmpty();
    Weights sum = Weights.NONE;
    for (String path : set.paths()) {
      try {
        sum = sum.plus(SafetensorsHeader.read(file(path)));
      } catch (MalformedModelFile e) {
        findings.add(new Finding(path, e.problem()));
        whole = false;
      }
    }
    return whole ? Optional.of(sum) : Optional.empty();
  }

  private static String missing(String shard) {
    return "The index names %s, which is not here.".formatted(MalformedModelFile.quoted(shard));
  }

  private ModelConfig config(String path) throws IOException {
    Optional<Path> file = files.at(path);
    if (file.isPresent()) {
      try {
        return new ModelConfig(BoundedJson.object(file.get(), MAX_CONFIG_BYTES));
      } catch (MalformedModelFile e) {
        findings.add(new Finding(path, e.problem()));
      }
    }
    JsonNode nothing = JsonNodeFactory.instance.objectNode();
    return new ModelConfig(nothing);
  }

  /** Before config.json had a place for it, quantisers wrote a file of their own. */
  private Optional<String> quantizationBesideConfig() {
    if (files.at("quantize_config.json").isPresent()) {
      return Optional.of("gptq");
    }
    return files.at("quant_config.json").map(file -> "awq");
  }

  private Path file(String path) {
    return files.at(path).orElseThrow();
  }

  /**
   * Sums over headers.
   *
   * @param parameters elements; of packed quantised weights, packed elements
   * @param bytesPerDtype bytes
   */
  private record Weights(long parameters, Map<String, Long> bytesPerDtype) {
    static final Weights NONE = new Weights(0, Map.of());

    Weights plus(SafetensorsHeader header) {
      long sum = parameters;
      Map<String, Long> bytes = new TreeMap<>(bytesPerDtype);
      for (Tensor tensor : header.tensors()) {
        sum += tensor.elements();
        bytes.merge(tensor.dtype(), tensor.lengthBytes(), Long::sum);
      }
      return new Weights(sum, bytes);
    }
  }
}
