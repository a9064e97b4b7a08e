package io.modeldepot.hub.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

  @Test
  void aRevisionLosesItsSlashes() {
    assertThat(Encoding.segment("refs/pr/1")).isEqualTo("refs%2Fpr%2F1");
  }

  @Test
  void aPathKeepsItsSlashes() {
    assertThat(Encoding.path("folder one/añb.json")).isEqualTo("folder%20one/a%C3%B1b.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "refs/pr/1", "ä ö+ü%2F", "100%", "a?b#c&d=e", "漢字.txt", "\u0001"})
  void whatWasEncodedIsDecodedToTheSame(String text) {
    assertThat(Encoding.decode(Encoding.segment(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz", "a%C3", "%FF", "%C0%AF"})
  void brokenEncodingIsRefused(String encoded) {
    assertThatThrownBy(() -> Encoding.decode(encoded)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEncodedSlashStaysInsideItsSegment() {
    assertThat(Encoding.segments("/org/name/resolve/refs%2Fpr%2F1/a/b"))
        .containsExactly("org", "name", "resolve", "refs/pr/1", "a", "b");
  }

  @Test
  void aTrailingSlashIsAnEmptySegment() {
    assertThat(Encoding.segments("/a/")).containsExactly("a", "");
  }

  @Test
  void aPlusIsAPlus() {
    assertThat(Encoding.decode("c++")).isEqualTo("c++");
  }
}
