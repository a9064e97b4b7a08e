package io.modeldepot.mirror.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.hub.header.ContentRange;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.mirror.serve.Content.Form;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
  private static final Content CONTENT =
      new Content(100, EntityTag.strong("ab".repeat(32)), Form.BYTES);

  @Test
  void withoutConditionsAllOfItIsSent() {
    assertThat(delivery("", "", "")).isEqualTo(new Delivery.Whole());
  }

  @Test
  void aRangeIsSentAlone() {
    assertThat(delivery("bytes=10-19", "", ""))
        .isEqualTo(new Delivery.Part(new ContentRange(10, 19, 100)));
  }

  @Test
  void bytesPastTheEndAreNotThere() {
    assertThat(delivery("bytes=100-", "", "")).isEqualTo(new Delivery.Unsatisfiable());
  }

  @Test
  void severalRangesAreSentInOneAnswer() {
    assertThat(delivery("bytes=0-1,5-6", "", ""))
        .isEqualTo(
            new Delivery.Parts(List.of(new ContentRange(0, 1, 100), new ContentRange(5, 6, 100))));
  }

  @Test
  void severalRangesOfOtherContentStartAgain() {
    assertThat(delivery("bytes=0-1,5-6", "\"other\"", "")).isEqualTo(new Delivery.Whole());
  }

  @Test
  void whatTheClientHasIsNotSentAgainNotEvenInPart() {
    assertThat(delivery("bytes=10-19", "", CONTENT.tag().header()))
        .isEqualTo(new Delivery.NotModified());
  }

  @Test
  void aRangeOfTheSameContentIsResumed() {
    assertThat(delivery("bytes=10-19", CONTENT.tag().header(), ""))
        .isInstanceOf(Delivery.Part.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"other\"", "W/\"x\"", "Wed, 21 Oct 2026 07:28:00 GMT", "\"\""})
  void aRangeOfOtherContentStartsAgain(String ifRange) {
    assertThat(delivery("bytes=10-19", ifRange, "")).isEqualTo(new Delivery.Whole());
  }

  @Test
  void otherContentThanTheClientHasIsSent() {
    assertThat(delivery("", "", "\"other\"")).isEqualTo(new Delivery.Whole());
  }

  @Test
  void otherContentThanTheClientWantsIsNotSent() {
    assertThat(ifMatch("\"other\"")).isEqualTo(new Delivery.Mismatch());
    assertThat(ifMatch("W/" + CONTENT.tag().header())).isEqualTo(new Delivery.Mismatch());
    assertThat(ifMatch("\"other\", " + CONTENT.tag().header())).isEqualTo(new Delivery.Whole());
    assertThat(ifMatch("*")).isEqualTo(new Delivery.Whole());
  }

  private static Delivery ifMatch(String ifMatch) {
    return Delivery.of(CONTENT, new Conditions("", "", ifMatch, ""));
  }

  private static Delivery delivery(String range, String ifRange, String ifNoneMatch) {
    return Delivery.of(CONTENT, new Conditions(range, ifRange, "", ifNoneMatch));
  }
}
