package io.modeldepot.store.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shape of a model as its config.json states it. Families spell the same thing differently, so
 * every question is a list of keys in order; what none of them answers stays unknown and is not
 * guessed.
 *
 * @param json the whole file
 */
record ModelConfig(JsonNode json) {
  private static final List<String> LAYERS =
      List.of("num_hidden_layers", "n_layer", "num_layers", "n_layers");
  private static final List<String> HIDDEN = List.of("hidden_size", "n_embd", "d_model", "dim");
  private static final List<String> HEADS =
      List.of("num_attention_heads", "n_head", "n_heads", "num_heads");
  private static final List<String> KV_HEADS =
      List.of("num_key_value_heads", "num_kv_heads", "n_head_kv");
  private static final List<String> HEAD_SIZE =
      List.of("head_dim", "kv_channels", "attention_head_size");
  private static final List<String> CONTEXT =
      List.of(
          "max_position_embeddings",
          "n_positions",
          "n_ctx",
          "seq_length",
          "seq_len",
          "max_seq_len",
          "max_seq_length",
          "max_sequence_length",
          "max_target_positions",
          "model_max_length");

  Optional<String> architecture() {
    return text(json.path("architectures").path(0));
  }

  Optional<Integer> layers() {
    return first(LAYERS);
  }

  Optional<Integer> hiddenSize() {
    return first(HIDDEN);
  }

  Optional<Integer> heads() {
    return first(HEADS);
  }

  /**
   * Key and value heads. Without a key of their own every attention head has one (Qwen-7B,
   * Llama-2-7b in its first form), but {@code multi_query} shares a single one (Falcon-7B,
   * StarCoder) and ChatGLM counts groups.
   */
  Optional<Integer> kvHeads() {
    if (shape().path("multi_query_attention").asBoolean(false)) {
      return number("multi_query_group_num");
    }
    boolean shared = shape().path("multi_query").asBoolean(false);
    boolean falconGroups = shape().path("new_decoder_architecture").asBoolean(false);
    if (shared && !falconGroups) {
      return Optional.of(1);
    }
    return first(KV_HEADS).or(this::heads);
  }

  /** Elements per head; where not stated, the hidden size divided by the heads. */
  Optional<Integer> headSize() {
    return first(HEAD_SIZE)
        .or(
            () ->
                hiddenSize()
                    .flatMap(
                        hidden ->
                            heads()
                                .filter(heads -> hidden % heads == 0)
                                .map(heads -> hidden / heads)));
  }

  /**
   * The longest context an engine will take by itself: the smallest of all lengths that are stated
   * (Qwen-7B states 32,768 positions and was trained on 8,192), times the factor of a RoPE scaling
   * that is applied on top of them.
   *
   * <p>Source: vLLM's derivation of max_model_len, which has the same key list, the minimum, and
   * the same scaling kinds exempt because they state their final length already.
   */
  Optional<Integer> contextTokens() {
    Optional<Integer> stated =
        CONTEXT.stream().flatMap(key -> number(key).stream()).min(Integer::compare);
    JsonNode scaling = shape().path("rope_scaling");
    String kind = text(scaling.path("rope_type")).or(() -> text(scaling.path("type"))).orElse("");
    double factor = scaling.path("factor").asDouble(1.0);
    if (!(factor > 1.0 && factor <= 1024) || List.of("su", "longrope", "llama3").contains(kind)) {
      return stated;
    }
    Optional<Integer> base =
        kind.equals("yarn")
            ? positive(scaling.path("original_max_position_embeddings")).or(() -> stated)
            : stated;
    return base.map(tokens -> (int) Math.min(Integer.MAX_VALUE, tokens * factor));
  }

  /** Tokens of the attention window, unless the model says that it does not use it. */
  Optional<Integer> slidingWindow() {
    return shape().path("use_sliding_window").asBoolean(true)
        ? number("sliding_window")
        : Optional.empty();
  }

  /** Parameters that a model of this shape has, for architectures we know. */
  Optional<Long> parameters() {
    return ConfigParameters.of(this);
  }

  /** Whether layers and heads are all stated. */
  boolean isWhole() {
    return layers().isPresent()
        && hiddenSize().isPresent()
        && heads().isPresent()
        && kvHeads().isPresent()
        && headSize().isPresent();
  }

  /** Method by which the weights are quantised, lower case: {@code gptq}, {@code awq}, … */
  Optional<String> quantization() {
    JsonNode stated = json.path("quantization_config");
    JsonNode node = stated.isObject() ? stated : shape().path("quantization_config");
    return text(node.path("quant_method")).map(method -> method.toLowerCase(Locale.ROOT));
  }

  /** Whether loading the model runs Python files of its repository. */
  boolean needsItsOwnCode() {
    return json.path("auto_map").isObject() && !json.path("auto_map").isEmpty();
  }

  /** A model that also sees or hears keeps the shape of its text part in an object of its own. */
  private JsonNode shape() {
    boolean atTop = LAYERS.stream().anyMatch(json::hasNonNull);
    if (atTop) {
      return json;
    }
    return Stream.of("text_config", "language_config", "llm_config")
        .map(json::path)
        .filter(JsonNode::isObject)
        .findFirst()
        .orElse(json);
  }

  private Optional<Integer> first(List<String> keys) {
    return keys.stream().flatMap(key -> number(key).stream()).findFirst();
  }

  private Optional<Integer> number(String key) {
    return positive(shape().path(key));
  }

  private static Optional<Integer> positive(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() > 0
        ? Optional.of(node.intValue())
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank() && node.textValue().length() <= 200
        ? Optional.of(node.textValue().strip())
        : Optional.empty();
  }
}
