package io.modeldepot.store.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
  @TempDir Path tree;

  @Test
  void a_configuration_is_read_by_path_and_equal_numbers_are_equal_text() throws IOException {
    put(
        "config.json",
        "{\"rope_theta\":10000.0,\"rope_scaling\":{\"factor\":8.00},\"eos\":[2, 3]}");

    assertThat(read("config.json").configuration())
        .isEqualTo(Map.of("rope_theta", "10000", "rope_scaling.factor", "8", "eos", "[2,3]"));
  }

  @Test
  void a_token_is_its_text_however_it_is_written() throws IOException {
    put("tokenizer_config.json", "{\"bos_token\":{\"content\":\"<s>\",\"lstrip\":false}}");
    put("special_tokens_map.json", "{\"bos_token\":\"ignored\",\"pad_token\":\"<pad>\"}");

    assertThat(read("tokenizer_config.json", "special_tokens_map.json").tokenizer())
        .isEqualTo(Map.of("bos_token", "\"<s>\"", "pad_token", "\"<pad>\""));
  }

  @Test
  void a_template_in_a_file_of_its_own_counts_before_the_one_in_the_configuration()
      throws IOException {
    put("tokenizer_config.json", "{\"chat_template\":\"old\"}");
    assertThat(read("tokenizer_config.json").chatTemplate()).contains("old");

    put("chat_template.jinja", "new");

    Reading reading = read("tokenizer_config.json", "chat_template.jinja");
    assertThat(reading.chatTemplate()).contains("new");
    assertThat(reading.chatTemplateSha256()).contains(FlatJson.sha256("new"));
    assertThat(reading.tokenizer()).isEmpty();
  }

  @Test
  void a_template_of_several_parts_names_them() throws IOException {
    put(
        "tokenizer_config.json",
        "{\"chat_template\":[{\"name\":\"default\",\"template\":\"a\"},"
            + "{\"name\":\"tools\",\"template\":\"b\"}]}");

    assertThat(read("tokenizer_config.json").chatTemplate()).contains("# default\na\n# tools\nb");
  }

  @Test
  void a_template_too_long_to_keep_has_its_digest_and_says_that_it_was_cut() throws IOException {
    String text = "x".repeat((1 << 16) + 1);
    put("chat_template.jinja", text);

    Reading reading = read("chat_template.jinja");

    assertThat(reading.chatTemplate()).isEmpty();
    assertThat(reading.chatTemplateSha256()).contains(FlatJson.sha256(text));
    assertThat(reading.cut()).isTrue();
  }

  @Test
  void a_long_value_keeps_its_beginning_and_the_digest_of_the_whole() throws IOException {
    put("config.json", "{\"label\":\"" + "y".repeat(500) + "\"}");

    String value = read("config.json").configuration().get("label");

    assertThat(value).startsWith("\"yyy").contains("… sha256:").hasSizeLessThan(300);
  }

  @Test
  void a_malformed_file_says_nothing_and_is_told_as_cut() throws IOException {
    put("config.json", "[1,2");
    put("generation_config.json", "{\"temperature\":0.70}");

    Reading reading = read("config.json", "generation_config.json");

    assertThat(reading.configuration()).isEmpty();
    assertThat(reading.generation()).containsEntry("temperature", "0.7");
    assertThat(reading.cut()).isTrue();
  }

  private void put(String path, String text) throws IOException {
    Files.writeString(tree.resolve(path), text);
  }

  private Reading read(String... paths) throws IOException {
    return ModelInspector.read(ModelFiles.under(tree, List.of(paths)));
  }
}
