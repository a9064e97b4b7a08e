package io.modeldepot.registry.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.registry.compare.Comparison.MemoryEffect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparerTest {
  private static final Reading BEFORE =
      reading(
          Map.of("max_position_embeddings", "4096", "odd_key", "1"),
          Map.of("eos_token", "\"</s>\""),
          Map.of("temperature", "1"),
          "{% for m in messages %}\n{{ m }}\n{% endfor %}");

  @Test
  void a_version_is_the_same_as_itself() {
    Comparison said = compare(side(BEFORE, 4096, "a"), side(BEFORE, 4096, "a"));

    assertThat(said.same()).isTrue();
    assertThat(said.headline()).isEqualTo("No difference.");
    assertThat(said.verdict()).isEqualTo("weights identical (1 of 1 files); all else the same");
  }

  @Test
  void a_chat_template_that_changes_is_told_while_the_weights_stay() {
    Reading after =
        reading(
            BEFORE.configuration(),
            BEFORE.tokenizer(),
            BEFORE.generation(),
            "{% for m in messages %}\n{{ m }}\n{% endfor %}\n{{ generation_prompt }}");

    Comparison said = compare(side(BEFORE, 4096, "a"), side(after, 4096, "a"));

    assertThat(said.same()).isFalse();
    assertThat(said.headline()).isEqualTo("Behaviour changes, memory the same.");
    assertThat(said.verdict())
        .isEqualTo(
            "weights identical (1 of 1 files);"
                + " chat template: changed: 1 line added, 0 removed");
  }

  @Test
  void a_longer_context_is_told_with_what_it_costs_and_an_unknown_key_is_counted() {
    Reading after =
        reading(
            Map.of("max_position_embeddings", "8192", "odd_key", "2"),
            BEFORE.tokenizer(),
            BEFORE.generation(),
            BEFORE.chatTemplate().orElseThrow());

    Comparison said = compare(side(BEFORE, 4096, "a"), side(after, 8192, "a"));

    assertThat(said.headline()).isEqualTo("Behaviour changes, memory too.");
    assertThat(said.verdict())
        .contains("context 4096 → 8192: the KV cache per user doubles, 1 other key");
    assertThat(said.changes())
        .extracting(Comparison.Change::key)
        .containsExactly("max_position_embeddings", "odd_key");
    assertThat(said.changes().getFirst().meaning()).contains("context: KV cache per user");
    assertThat(said.changes().getLast().meaning()).isEmpty();
    assertThat(said.withMemory(List.of(new MemoryEffect("host-a", "0", 6, 3))).verdict())
        .endsWith("; 6 users → 3 on host-a/0");
  }

  @Test
  void tokens_and_generation_defaults_are_told_by_value() {
    Reading after =
        reading(
            BEFORE.configuration(),
            Map.of("eos_token", "\"<|end|>\"", "pad_token", "\"<pad>\""),
            Map.of(),
            BEFORE.chatTemplate().orElseThrow());

    assertThat(compare(side(BEFORE, 4096, "a"), side(after, 4096, "a")).verdict())
        .contains("tokenizer: eos_token \"</s>\" → \"<|end|>\", pad_token added \"<pad>\"")
        .contains("generation: temperature removed");
  }

  @Test
  void other_weights_are_counted_and_named() {
    Comparison said = compare(side(BEFORE, 4096, "a"), side(BEFORE, 4096, "b"));

    assertThat(said.headline()).isEqualTo("Weights change, memory the same.");
    assertThat(said.aspects().getFirst().say()).isEqualTo("0 of 1 files stay, 1 changed");
    assertThat(said.aspects().getFirst().files()).containsExactly("model.safetensors");
  }

  @Test
  void what_was_never_read_is_unknown_and_not_the_same() {
    Side unread =
        new Side(
            "a".repeat(40),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);

    Comparison said = compare(unread, side(BEFORE, 4096, "a"));

    assertThat(said.unread()).containsExactly("from");
    assertThat(said.aspects())
        .filteredOn(it -> it.state().equals("unknown"))
        .extracting(Comparison.Aspect::name)
        .contains("configuration", "chat-template", "tokenizer");
    assertThat(said.changes()).isEmpty();
  }

  @Test
  void the_raw_difference_is_a_unified_diff_with_json_by_path() {
    Reading after =
        reading(
            Map.of("max_position_embeddings", "8192", "odd_key", "1"),
            BEFORE.tokenizer(),
            BEFORE.generation(),
            BEFORE.chatTemplate().orElseThrow());

    assertThat(RawDiff.of(side(BEFORE, 4096, "a"), side(after, 8192, "a")))
        .containsExactly(
            "--- a/config.json",
            "+++ b/config.json",
            "@@ -1,2 +1,2 @@",
            "-max_position_embeddings: 4096",
            "+max_position_embeddings: 8192",
            " odd_key: 1");
  }

  private static Comparison compare(Side from, Side to) {
    return Comparer.compare("phi-2", "current", from, "upstream", to);
  }

  private static Side side(Reading reading, int contextTokens, String weights) {
    TreeMap<String, Side.FileDigest> files = new TreeMap<>();
    files.put("model.safetensors", digest(weights));
    files.put("config.json", digest(Integer.toHexString(reading.configuration().hashCode())));
    files.put("tokenizer_config.json", digest(Integer.toHexString(reading.hashCode())));
    return new Side(
        "a".repeat(40),
        files,
        Optional.of(profile(contextTokens)),
        Optional.of(reading),
        Optional.of("mit"),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private static Side.FileDigest digest(String like) {
    return new Side.FileDigest(
        7, Optional.of(Sha256.of((like + "0".repeat(64)).substring(0, 64))), Optional.empty());
  }

  private static ModelProfile profile(int contextTokens) {
    return new ModelProfile(
        Optional.of("LlamaForCausalLM"),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.of(32),
        Optional.of(4096),
        Optional.of(32),
        Optional.of(32),
        Optional.of(128),
        Optional.of(contextTokens),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  private static Reading reading(
      Map<String, String> configuration,
      Map<String, String> tokenizer,
      Map<String, String> generation,
      String template) {
    String digest = "%064x".formatted(template.hashCode() & 0xffffffffL);
    return new Reading(
        Reading.FORMAT,
        configuration,
        tokenizer,
        generation,
        Optional.of(Sha256.of(digest)),
        Optional.of(template),
        false);
  }
}
