package io.modeldepot.registry.compare;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which aspect of a model a file decides, by its name as the hub's libraries write it. */
final class FileKinds {
  private static final List<String> WEIGHTS =
      List.of(".safetensors", ".bin", ".pt", ".pth", ".gguf", ".onnx", ".h5", ".msgpack", ".ckpt");
  private static final Set<String> NOT_WEIGHTS = Set.of("training_args.bin");
  private static final Set<String> VOCABULARY =
      Set.of(
          "tokenizer.json",
          "tokenizer.model",
          "vocab.json",
          "vocab.txt",
          "merges.txt",
          "added_tokens.json",
          "spiece.model",
          "sentencepiece.bpe.model",
          "tekken.json");

  /** Files whose content is compared value by value. */
  private static final Set<String> READ =
      Set.of(
          "config.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "generation_config.json",
          "chat_template.jinja",
          "chat_template.json");

  private FileKinds() {}

  static boolean isWeights(String path) {
    String name = name(path);
    return WEIGHTS.stream().anyMatch(name::endsWith) && !NOT_WEIGHTS.contains(name);
  }

  static boolean isVocabulary(String path) {
    String name = name(path);
    return VOCABULARY.contains(name) || name.endsWith(".tiktoken");
  }

  static boolean isCode(String path) {
    return name(path).endsWith(".py");
  }

  static boolean isRead(String path) {
    return READ.contains(path);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
