package io.modeldepot.store.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many parameters a model has by the shape in its config.json alone, for the architectures
 * whose layers are known here; of any other nothing is said. What the files hold may be a part of
 * it, or more than the model.
 *
 * <p>Source: the modules as Transformers builds them. {@code h} is the hidden size, {@code q} and
 * {@code kv} the widths of queries and of keys, {@code m} the width of the MLP.
 */
final class ConfigParameters {
  /** Nothing of a model is wider or deeper; a file may say anything. */
  private static final int WIDEST = 1 << 20;

  private final ModelConfig config;

  private ConfigParameters(ModelConfig config) {
    this.config = config;
  }

  static Optional<Long> of(ModelConfig config) {
    return config.architecture().flatMap(new ConfigParameters(config)::count);
  }

  private Optional<Long> count(String architecture) {
    if (!config.isWhole()) {
      return Optional.empty();
    }
    long h = config.hiddenSize().orElseThrow();
    long head = config.headSize().orElseThrow();
    long q = head * config.heads().orElseThrow();
    long kv = head * config.kvHeads().orElseThrow();
    long layers = config.layers().orElseThrow();
    if (Math.max(Math.max(h, layers), Math.max(q, kv)) > WIDEST) {
      return Optional.empty();
    }
    OptionalLong mlp = number("intermediate_size");
    OptionalLong vocabulary = number("vocab_size");
    if (mlp.isEmpty() || vocabulary.isEmpty()) {
      return Optional.empty();
    }
    long m = mlp.getAsLong();
    long attention = 2 * h * q + 2 * h * kv;
    OptionalLong layer =
        switch (architecture) {
          case "LlamaForCausalLM", "MistralForCausalLM" ->
              OptionalLong.of(attention + 3 * h * m + 2 * h);
          case "Qwen2ForCausalLM" -> OptionalLong.of(attention + q + 2 * kv + 3 * h * m + 2 * h);
          case "Qwen3ForCausalLM" -> OptionalLong.of(attention + 2 * head + 3 * h * m + 2 * h);
          // intermediate_size counts both halves of the gate; c_attn keeps its bias.
          case "QWenLMHeadModel" ->
              OptionalLong.of(attention + q + 2 * kv + 3 * h * (m / 2) + 2 * h);
          // Biases everywhere, one norm a layer with weight and bias.
          case "PhiForCausalLM" ->
              OptionalLong.of(attention + q + 2 * kv + h + 2 * h * m + m + h + 2 * h);
          default -> OptionalLong.empty();
        };
    if (layer.isEmpty()) {
      return Optional.empty();
    }
    long embeddings = vocabulary.getAsLong() * h * (tied() ? 1 : 2);
    long end = architecture.equals("PhiForCausalLM") ? vocabulary.getAsLong() + 2 * h : h;
    return Optional.of(layer.getAsLong() * layers + embeddings + end);
  }

  private boolean tied() {
    return config.json().path("tie_word_embeddings").asBoolean(false);
  }

  private OptionalLong number(String key) {
    JsonNode node = config.json().path(key);
    return node.isIntegralNumber() && node.longValue() > 0 && node.longValue() <= WIDEST
        ? OptionalLong.of(node.longValue())
        : OptionalLong.empty();
  }
}
