package io.modeldepot.registry.notify.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of a receiver. */
class ReceiverShapeTest {

  @Test
  void whatIsWrongIsToldAllAtOnceWithWhatMayBeMeant() {
    ProblemException wrong =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                ReceiverShape.require(
                    json(
                        "{'on':['backup.faild','space.low',7],'url':'http://hooks.example.org/x',"
                            + "'template':'xml','secretFile':'../key'}")));

    assertThat(wrong.errors())
        .extracting(FieldError::pointer)
        .containsExactlyInAnyOrder("/on/0", "/on/2", "/url", "/template", "/secretFile");
    assertThat(wrong.errors().getFirst().detail())
        .contains("Did you mean backup.failed?", "model.corrupted", "location.lost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'on':['backup.failed'],'urlFile':'ops-url'}
          {'on':['backup.*','*'],'url':'https://hooks.example.org/x'}
          {'on':['space.low'],'urlFile':'/run/secrets/slack','template':'slack','secretFile':'key'}
          """)
  void whatIsRightIsTaken(String value) throws IOException {
    ReceiverShape.require(json(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'on':[],'urlFile':'u'}                                                    | /on
          {'urlFile':'u'}                                                            | /on
          {'on':['nothing.*'],'urlFile':'u'}                                         | /on/0
          {'on':['test'],'urlFile':'u'}                                              | /on/0
          {'on':['*']}                                                               | ''
          {'on':['*'],'url':'https://hooks.example.org/','urlFile':'u'}              | ''
          {'on':['*'],'url':'https://hooks.example.org/?token=secretword'}           | /url
          {'on':['*'],'url':'https://hooks.example.org/T/B','template':'slack'}      | /url
          {'on':['*'],'urlFile':'u','colour':'red'}                                  | /colour
          """)
  void whatIsWrongIsPointedAtWithoutSayingASecret(String value, String pointer) {
    assertThatThrownBy(() -> ReceiverShape.require(json(value)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            wrong ->
                assertThat(wrong.errors())
                    .extracting(FieldError::pointer)
                    .contains(pointer == null ? "" : pointer))
        .hasMessageNotContaining("secretword");
  }

  @Test
  void aReceiverIsToldWhatItAskedForAndWhatHappenedAfterItWasSet() {
    Instant set = Instant.parse("2026-11-27T08:00:00Z");
    Receiver receiver =
        Receiver.of(
            "notify/ops", Map.of("on", List.of("backup.*", "space.low"), "urlFile", "u"), 3, set);

    assertThat(receiver.name()).isEqualTo("ops");
    assertThat(receiver.wants(NewsKind.BACKUP_MISSED, set)).isTrue();
    assertThat(receiver.wants(NewsKind.SPACE_LOW, set.plusMillis(1))).isTrue();
    assertThat(receiver.wants(NewsKind.DOWNLOAD_DONE, set)).isFalse();
    assertThat(receiver.wants(NewsKind.BACKUP_MISSED, set.minusMillis(1))).isFalse();
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) Wire.mapper().readTree(text.replace('\'', '"'));
  }
}
