package io.modeldepot.mirror.demo;

import io.modeldepot.mirror.demo.DemoModel.Duplicate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The small files of a demonstration repository, by path. */
record DemoTexts(DemoModel model, DemoRevision revision, Shards shards) {
  private static final int BYTES = 256;

  SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(".gitattributes", gitAttributes());
    files.put("README.md", readme());
    files.put("config.json", configuration());
    files.put("generation_config.json", generationConfiguration());
    files.put("model.safetensors.index.json", shards.index());
    files.put("tokenizer_config.json", tokenizerConfiguration());
    if (model.architecture() == Architecture.QWEN) {
      files.put("configuration_qwen.py", python("QWenConfig"));
      files.put("modeling_qwen.py", python("QWenLMHeadModel"));
      files.put("qwen.tiktoken", tiktoken());
    } else {
      files.put("special_tokens_map.json", specialTokens());
      files.put("tokenizer.json", tokenizer());
    }
    return files;
  }

  private static String gitAttributes() {
    return "*.bin filter=lfs diff=lfs merge=lfs -text\n"
        + "*.safetensors filter=lfs diff=lfs merge=lfs -text\n";
  }

  private String readme() {
    String ownName = model.licenceName().map(name -> "license_name: " + name + "\n").orElse("");
    String twice =
        model.duplicate() == Duplicate.PYTORCH
            ? "\nThe weights are here twice: as safetensors, and as `pytorch_model.bin`.\n"
            : "";
    return """
        ---
        license: %s
        %spipeline_tag: text-generation
        ---

        # %s

        A small stand-in for a demonstration without the internet. Configuration and number of
        layers are those of the real model, the tensors are narrow and their numbers are random.
        It cannot answer anything.
        %s"""
        .formatted(model.licence(), ownName, model.repository(), twice);
  }

  private String generationConfiguration() {
    return """
        {
          "_from_model_config": true,
          "bos_token_id": 1,
          "eos_token_id": 2
        }
        """;
  }

  private String tokenizerConfiguration() {
    return """
        {
          "clean_up_tokenization_spaces": false,
          "model_max_length": %d,
          "tokenizer_class": "%s"
        }
        """
        .formatted(revision.modelMaxLength(), model.tokenizerClass());
  }

  private static String specialTokens() {
    return """
        {
          "bos_token": "<s>",
          "eos_token": "</s>",
          "unk_token": "<unk>"
        }
        """;
  }

  /** A byte-level tokenizer without merges: a token for every byte. */
  private static String tokenizer() {
    String vocabulary =
        IntStream.range(0, BYTES)
            .mapToObj(b -> "      \"%s\": %d".formatted(byteSymbol(b), b))
            .collect(Collectors.joining(",\n"));
    return """
        {
          "version": "1.0",
          "truncation": null,
          "padding": null,
          "added_tokens": [],
          "normalizer": null,
          "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
          "post_processor": null,
          "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
          "model": {
            "type": "BPE",
            "dropout": null,
            "unk_token": null,
            "continuing_subword_prefix": null,
            "end_of_word_suffix": null,
            "fuse_unk": false,
            "byte_fallback": false,
            "vocab": {
        %s
            },
            "merges": []
          }
        }
        """
        .formatted(vocabulary);
  }

  /**
   * The character that stands for a byte in byte-level vocabularies: printable Latin-1 for itself,
   * the others in order from U+0100.
   */
  private static String byteSymbol(int b) {
    if (printable(b)) {
      String symbol = Character.toString(b);
      return symbol.equals("\"") || symbol.equals("\\") ? "\\" + symbol : symbol;
    }
    int before = (int) IntStream.range(0, b).filter(other -> !printable(other)).count();
    return Character.toString(0x100 + before);
  }

  private static boolean printable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
  }

  /** Base64 of every byte and its rank. */
  private static String tiktoken() {
    return IntStream.range(0, BYTES)
        .mapToObj(b -> Base64.getEncoder().encodeToString(new byte[] {(byte) b}) + " " + b + "\n")
        .collect(Collectors.joining());
  }

  private String python(String type) {
    return """
        # The real repository has the code of %s here; this one only has the file.
        raise NotImplementedError("%s is a demonstration without code")
        """
        .formatted(type, model.repository());
  }

  private String configuration() {
    String resource = revision.configuration().toLowerCase(Locale.ROOT);
    try (InputStream in = DemoTexts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its own file " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
