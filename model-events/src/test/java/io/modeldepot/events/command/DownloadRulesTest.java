package io.modeldepot.events.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"phi-2\"}",
        "{\"repository\":\"microsoft/phi-2\"}",
        "{\"model\":\"phi-2\",\"revision\":\"refs/pr/1\",\"priority\":9,\"include\":[\"*.json\"]}",
        "{\"model\":\"phi-2\",\"source\":\"import\",\"from\":\"incoming/phi-2\"}",
        "{\"action\":\"cancel\",\"requestId\":\"r-1\"}"
      })
  void whatCanBeDoneHasNoFault(String command) throws Exception {
    assertThat(DownloadRules.faults(read(command))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | /model",
        "{\"model\":\"phi-2\",\"priority\":10} | /priority",
        "{\"model\":\"phi-2\",\"revision\":\" \"} | /revision",
        "{\"model\":\"phi-2\",\"revision\":\"a\\u0000b\"} | /revision",
        "{\"model\":\"phi-2\",\"include\":[\"*\",\"\\ud83d\"]} | /include/1",
        "{\"model\":\"phi-2\",\"exclude\":[\"\"]} | /exclude/0",
        "{\"model\":\"phi-2\",\"source\":\"adopt\"} | /from",
        "{\"model\":\"phi-2\",\"source\":\"import\",\"from\":\"x\",\"plan\":true} | /plan",
        "{\"model\":\"phi-2\",\"profile\":\"tiny\"} | /profile",
        "{\"action\":\"cancel\"} | /requestId"
      })
  void whatCannotBeDoneSaysWhere(String command, String pointer) throws Exception {
    assertThat(DownloadRules.faults(read(command)))
        .extracting(DownloadRules.Fault::pointer)
        .containsExactly(pointer);
  }

  @Test
  void aRevisionHasAtMost255Characters() {
    DownloadRequested asked = DownloadRequested.of(ModelName.of("phi-2"));

    assertThat(DownloadRules.faults(asked.withRevision("b".repeat(255)))).isEmpty();
    assertThat(DownloadRules.faults(asked.withRevision("b".repeat(256))))
        .extracting(DownloadRules.Fault::pointer)
        .containsExactly("/revision");
  }

  @ParameterizedTest
  @CsvSource({
    "microsoft/Phi-2, phi-2",
    "Some-Org/A_B.c, a_b.c",
  })
  void aRepositoryIsNamedByItsLastPart(String repository, String name) {
    assertThat(DownloadRules.nameOf(RepositoryId.of(repository))).isEqualTo(ModelName.of(name));
  }

  private static DownloadRequested read(String json) throws UnreadablePayload {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), DownloadRequested.class);
  }
}
