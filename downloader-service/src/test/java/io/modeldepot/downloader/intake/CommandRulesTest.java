package io.modeldepot.downloader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"phi-2\"}",
        "{\"repository\":\"microsoft/phi-2\"}",
        "{\"model\":\"phi-2\",\"priority\":0}",
        "{\"model\":\"phi-2\",\"priority\":9}",
        "{\"model\":\"phi-2\",\"revision\":\"refs/pr/1\"}",
        "{\"model\":\"phi-2\",\"source\":\"hub\"}",
        "{\"model\":\"phi-2\",\"source\":\"repair\"}",
        "{\"model\":\"phi-2\",\"source\":\"import\",\"from\":\"/srv/in/phi-2\"}",
        "{\"action\":\"cancel\",\"requestId\":\"cli-19f0\"}"
      })
  void aCommandThatSaysEnoughHasNoFault(String json) throws Exception {
    assertThat(CommandRules.fault(command(json))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/model",
        "{\"revision\":\"main\"}|/model",
        "{\"model\":\"phi-2\",\"priority\":-1}|/priority",
        "{\"model\":\"phi-2\",\"priority\":10}|/priority",
        "{\"model\":\"phi-2\",\"revision\":\" \"}|/revision",
        "{\"model\":\"phi-2\",\"source\":\"import\"}|/from",
        "{\"model\":\"phi-2\",\"source\":\"adopt\"}|/from",
        "{\"action\":\"cancel\",\"model\":\"phi-2\"}|/requestId"
      })
  void aFaultNamesTheField(String json, String field) throws Exception {
    assertThat(CommandRules.fault(command(json)).orElseThrow()).startsWith(field + ":");
  }

  @Test
  void aRevisionIsNotEndless() throws Exception {
    String json = "{\"model\":\"phi-2\",\"revision\":\"%s\"}".formatted("x".repeat(256));

    assertThat(CommandRules.fault(command(json)).orElseThrow()).startsWith("/revision:");
  }

  @ParameterizedTest
  @CsvSource({
    "microsoft/phi-2, phi-2",
    "meta-llama/Llama-2-7b-hf, llama-2-7b-hf",
    "org/Name_With.Signs, name_with.signs"
  })
  void aRepositoryNamesItsModel(String repository, String model) throws Exception {
    assertThat(CommandRules.model(command("{\"repository\":\"%s\"}".formatted(repository))))
        .contains(ModelName.of(model));
  }

  @Test
  void theModelThatIsGivenCountsMoreThanTheRepository() throws Exception {
    assertThat(
            CommandRules.model(command("{\"model\":\"mine\",\"repository\":\"microsoft/phi-2\"}")))
        .contains(ModelName.of("mine"));
  }

  private static DownloadRequested command(String json) throws Exception {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), DownloadRequested.class);
  }
}
