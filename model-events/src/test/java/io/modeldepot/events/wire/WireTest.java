package io.modeldepot.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.ServiceReported;
import io.modeldepot.events.state.ServiceState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {

  @Test
  void aModelNameAloneIsADownloadRequest() throws Exception {
    DownloadRequested request = read("{\"model\":\"phi-2\"}", DownloadRequested.class);

    assertThat(request).isEqualTo(DownloadRequested.of(ModelName.of("phi-2")));
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    assertThat(write(DownloadRequested.of(ModelName.of("phi-2"))))
        .isEqualTo("{\"model\":\"phi-2\"}");
  }

  @Test
  void aRequestComesBackAsItWas() throws Exception {
    DownloadRequested request =
        DownloadRequested.of(ModelName.of("phi-2"))
            .withRevision("v1")
            .withRequestId(RequestId.of("cli-1"));

    assertThat(read(write(request), DownloadRequested.class)).isEqualTo(request);
  }

  @Test
  void fieldsOfTheFutureAreIgnored() throws Exception {
    assertThat(
            read("{\"model\":\"phi-2\",\"hologram\":{\"a\":[1]}}", DownloadRequested.class).model())
        .contains(ModelName.of("phi-2"));
  }

  @Test
  void enumerationsAreLowerCaseWithHyphens() throws Exception {
    assertThat(Wire.mapper().writeValueAsString(VerifiedBy.GIT_SHA1)).isEqualTo("\"git-sha1\"");
    assertThat(Wire.mapper().writeValueAsString(VerifiedBy.SHA256)).isEqualTo("\"sha256\"");
    assertThat(Wire.mapper().readValue("\"serving\"", Profile.class)).isEqualTo(Profile.SERVING);
  }

  @Test
  void aStateKeepsAValueOfTheFutureAsUnknown() throws Exception {
    ServiceReported report =
        read(
            "{\"service\":\"x\",\"instance\":\"x-1\",\"version\":\"9\",\"state\":\"levitating\","
                + "\"reportedAt\":\"2026-11-23T09:00:00.000Z\"}",
            ServiceReported.class);

    assertThat(report.state()).isEqualTo(ServiceState.UNKNOWN);
  }

  @Test
  void timesHaveMillisecondsEvenWhenTheyAreZero() {
    ServiceReported report =
        new ServiceReported(
            "x",
            "x-1",
            "1",
            ServiceState.READY,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Instant.parse("2026-11-23T09:00:00Z"));

    assertThat(write(report)).contains("\"reportedAt\":\"2026-11-23T09:00:00.000Z\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":               | UNREADABLE",
        "not json                  | UNREADABLE",
        "[1,2]                     | UNREADABLE",
        "null                      | UNREADABLE",
        "{\"model\":\"../etc\"}    | INVALID",
        "{\"model\":\"phi-2\",\"requestId\":\"a b\"}   | INVALID",
        "{\"model\":\"phi-2\",\"priority\":\"high\"}   | INVALID",
        "{\"model\":\"phi-2\",\"action\":\"explode\"}  | UNKNOWN_VALUE",
        "{\"model\":\"phi-2\"} {}  | UNREADABLE",
      })
  void bytesThatAreNoRequestAreRefusedWithTheReason(String json, Reason reason) {
    assertThatThrownBy(() -> read(json, DownloadRequested.class))
        .asInstanceOf(InstanceOfAssertFactories.type(UnreadablePayload.class))
        .extracting(UnreadablePayload::reason)
        .isEqualTo(reason);
  }

  @Test
  void aMissingRequiredFieldIsNamed() {
    assertThatThrownBy(() -> read("{}", CleanupDue.class))
        .isInstanceOf(UnreadablePayload.class)
        .hasMessageContaining("\"scope\" is required");
  }

  @Test
  void aHostileValueIsShownWithoutItsControlCharacters() {
    assertThatThrownBy(() -> read("{\"model\":\"a\\u001b[31m\\u202e\"}", DownloadRequested.class))
        .isInstanceOf(UnreadablePayload.class)
        .hasMessageContaining("\\u001b[31m\\u202e")
        .message()
        .doesNotContain("\u001b", "\u202e");
  }

  private static <T> T read(String json, Class<T> type) throws UnreadablePayload {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  private static String write(Object payload) {
    return new String(Wire.write(payload), StandardCharsets.UTF_8);
  }
}
