package io.modeldepot.registry.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the keys of config.json decide that are common among models. */
final class ConfigurationKeys {
  private static final Map<String, Known> KNOWN = new LinkedHashMap<>();

  /** The notes of a converter, which no engine reads. */
  private static final String NOTE = "a note, without effect on the model";

  static {
    say("architecture", "which code runs the model", "architectures", "model_type");
    say("layers", "weights and KV cache", "num_hidden_layers", "n_layer", "num_layers", "n_layers");
    say("hidden size", "weights", "hidden_size", "n_embd", "d_model");
    say("MLP size", "weights", "intermediate_size", "n_inner");
    say("attention heads", "weights", "num_attention_heads", "n_head", "n_heads");
    say("KV heads", "KV cache", "num_key_value_heads", "num_kv_heads", "n_head_kv");
    say("head dimension", "weights and KV cache", "head_dim", "kv_channels");
    say("context", "KV cache per user", "max_position_embeddings", "n_positions", "n_ctx");
    say("context", "KV cache per user", "seq_length", "max_seq_len", "model_max_length");
    say("number format", "weights and KV cache", "torch_dtype", "dtype");
    say("vocabulary size", "weights", "vocab_size");
    say("RoPE base", "how positions are told apart", "rope_theta");
    say("RoPE scaling", "how far positions reach", "rope_scaling", "rope_parameters");
    say("sliding window", "KV cache", "sliding_window", "use_sliding_window");
    say("quantization", "weights", "quantization_config");
    say("tied embeddings", "weights", "tie_word_embeddings");
    say("end token", "where an answer ends", "eos_token_id");
    say("begin token", "what a prompt begins with", "bos_token_id");
    say("padding token", "batches", "pad_token_id");
    say("own code", "runs Python files of the repository", "auto_map");
    say("", NOTE, "transformers_version", "_name_or_path", "_commit_hash");
  }

  private ConfigurationKeys() {}

  /**
   * A key that is known.
   *
   * @param label what people call it; empty for a note without effect
   * @param decides what it decides
   */
  record Known(String label, String decides) {
    boolean hasEffect() {
      return !label.isEmpty();
    }

    String meaning() {
      return hasEffect() ? label + ": " + decides : decides;
    }
  }

  /** By the key itself, or by the object it lies in, a text model's part included. */
  static Optional<Known> of(String key) {
    String plain = key.replaceFirst("^(text_config|language_config|llm_config)\\.", "");
    String first = plain.split("[.\\[]", 2)[0];
    return Optional.ofNullable(KNOWN.get(first));
  }

  private static void say(String label, String decides, String... keys) {
    for (String key : keys) {
      KNOWN.put(key, new Known(label, decides));
    }
  }
}
