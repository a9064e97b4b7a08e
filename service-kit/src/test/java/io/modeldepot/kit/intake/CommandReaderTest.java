package io.modeldepot.kit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CommandReaderTest {
  private static final Instant PUBLISHED = Instant.ofEpochMilli(Records.TIME);

  private final CommandReader<DownloadRequested> reader =
      new CommandReader<>(Topics.DOWNLOAD_REQUESTED, DownloadRequested.class);

  @Test
  void theSmallestPayloadIsACommand() {
    assertThat(command("{\"model\":\"phi-2\"}").payload().model()).contains(ModelName.of("phi-2"));
  }

  @Test
  void theIdOfThePayloadComesFirst() {
    var from = Records.with(of("{\"model\":\"phi-2\",\"requestId\":\"mine\"}"), "ce_id", "theirs");

    assertThat(command(from).id().value()).isEqualTo("mine");
  }

  @Test
  void theIdOfTheHeaderComesSecond() {
    assertThat(command(Records.with(smallest(), "ce_id", "theirs")).id().value())
        .isEqualTo("theirs");
  }

  @Test
  void aForeignIdOfAnotherFormIsReplacedByADigestOfIt() {
    assertThat(command(Records.with(smallest(), "ce_id", "urn:uuid:1 2")).id().value())
        .isEqualTo("h-QJ7PR3OV2D5L646V");
  }

  @Test
  void withoutAnyIdItIsMadeOfWhereTheRecordLies() {
    assertThat(command(smallest()).id().value()).isEqualTo("k-IQEZOOU6M7QPJOQO");
  }

  @Test
  void anIdOfAnotherFormInThePayloadIsInvalid() {
    assertThat(refusal(of("{\"model\":\"phi-2\",\"requestId\":\"a b\"}")).reason())
        .isEqualTo(Reason.INVALID);
  }

  @Test
  void whatIsNotJsonIsUnreadable() {
    assertThat(refusal(of("hello")).reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void aRecordWithoutAValueIsUnreadable() {
    var empty = new ConsumerRecord<String, byte[]>("download-requested", 0, 7, "phi-2", null);

    assertThat(refusal(empty).reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void anUnknownValueIsSaidToBeOne() {
    assertThat(refusal(of("{\"model\":\"phi-2\",\"action\":\"teleport\"}")).reason())
        .isEqualTo(Reason.UNKNOWN_VALUE);
  }

  @Test
  void aRefusalSaysWhichFieldIsWrong() {
    assertThat(refusal(of("{\"model\":\"../etc\"}")).detail()).startsWith("/model");
  }

  @Test
  void aDownloadIsGoodForADay() {
    var command = command(smallest());

    assertThat(command.expired(PUBLISHED.plus(Duration.ofHours(24)))).isFalse();
    assertThat(command.expired(PUBLISHED.plus(Duration.ofHours(24).plusMillis(1)))).isTrue();
  }

  @Test
  void aCleanupIsGoodForAnHour() {
    var cleanups = new CommandReader<>(Topics.CLEANUP_DUE, CleanupDue.class);

    var incoming = cleanups.read(Records.of("cleanup-due", 1, "{\"scope\":\"cache\"}"));

    assertThat(incoming)
        .isInstanceOfSatisfying(
            Incoming.Readable.class,
            readable -> assertThat(readable.command().maxAge()).isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void theSenderMaySetTheAgeLimit() {
    assertThat(command(Records.with(smallest(), "depot_maxage", "60")).maxAge())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void anAgeLimitThatIsNoNumberIsInvalid() {
    assertThat(refusal(Records.with(smallest(), "depot_maxage", "soon")).reason())
        .isEqualTo(Reason.INVALID);
  }

  @Test
  void aValueThatANewerWriterKnowsIsRefusedAsUnknown() {
    assertThat(
            refusal(
                    Records.of(
                        Topics.DOWNLOAD_REQUESTED.name(),
                        1,
                        "{\"model\":\"phi-2\",\"profile\":\"tiny\"}"))
                .reason())
        .isEqualTo(Reason.UNKNOWN_VALUE);
  }

  @Test
  void twoCommandsThatAskForTheSameHaveOneDigest() {
    var one = command("{\"model\":\"phi-2\",\"requestId\":\"a\"}");
    var other =
        command(
            "{ \"requestId\":\"b\", \"model\":\"phi-2\", \"later\":1, \"actor\":\"somebody\" }");

    assertThat(PayloadDigest.of(one.payload())).isEqualTo(PayloadDigest.of(other.payload()));
  }

  @Test
  void twoCommandsThatAskForDifferentThingsHaveTwoDigests() {
    assertThat(PayloadDigest.of(command("{\"model\":\"phi-2\"}").payload()))
        .isNotEqualTo(PayloadDigest.of(command("{\"model\":\"phi-2\",\"force\":true}").payload()));
  }

  @Test
  void aReaderForAnotherTopicsPayloadIsRefused() {
    assertThatThrownBy(() -> new CommandReader<>(Topics.CLEANUP_DUE, DownloadRequested.class))
        .hasMessageContaining("cleanup-due does not carry commands of DownloadRequested");
  }

  private static ConsumerRecord<String, byte[]> smallest() {
    return of("{\"model\":\"phi-2\"}");
  }

  private static ConsumerRecord<String, byte[]> of(String json) {
    return Records.of("download-requested", 7, json);
  }

  private CommandEnvelope<DownloadRequested> command(String json) {
    return command(of(json));
  }

  private CommandEnvelope<DownloadRequested> command(ConsumerRecord<String, byte[]> from) {
    return switch (reader.read(from)) {
      case Incoming.Readable<DownloadRequested> readable -> readable.command();
      case Incoming.Refused<DownloadRequested> refused -> throw new AssertionError(refused);
    };
  }

  private Incoming.Refused<DownloadRequested> refusal(ConsumerRecord<String, byte[]> from) {
    return switch (reader.read(from)) {
      case Incoming.Readable<DownloadRequested> readable -> throw new AssertionError(readable);
      case Incoming.Refused<DownloadRequested> refused -> refused;
    };
  }
}
