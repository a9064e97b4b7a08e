package io.modeldepot.hub.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  private static final String SHA1 = "0123456789012345678901234567890123456789";
  private static final String SHA256 = "ab".repeat(32);

  @Test
  void quotesAndTheWeakMarkAreNotPartOfTheValue() {
    assertThat(EntityTag.parse("W/\"abc\"")).contains(new EntityTag("abc", true));
    assertThat(EntityTag.parse("\"abc\"")).contains(EntityTag.strong("abc"));
    assertThat(EntityTag.parse(" abc ")).contains(EntityTag.strong("abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "W/", "W/\"\"", "\"a\"b\"", "a b", "a\u0000"})
  void whatCannotBeATagIsNone(String header) {
    assertThat(EntityTag.parse(header)).isEmpty();
  }

  @Test
  void aTagSaysWhichDigestItIs() {
    assertThat(EntityTag.strong(SHA256).sha256()).contains(SHA256);
    assertThat(EntityTag.strong(SHA256).gitSha1()).isEmpty();
    assertThat(EntityTag.strong(SHA1).gitSha1()).contains(SHA1);
    assertThat(EntityTag.strong("5d41402abc4b2a76b9719d911017c592-12").sha256()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"x\", \"abc\"', true",
        "'W/\"abc\"', true",
        "'*', true",
        "'\"x\"', false",
        "'', false"
      })
  void aListNamesItOrNot(String ifNoneMatch, boolean named) {
    assertThat(EntityTag.strong("abc").isNamedIn(ifNoneMatch)).isEqualTo(named);
  }

  @Test
  void aWeakTagNeverSelectsARange() {
    EntityTag strong = EntityTag.strong("abc");
    assertThat(strong.sameBytes(new EntityTag("abc", true))).isFalse();
    assertThat(strong.sameBytes(EntityTag.strong("abc"))).isTrue();
  }

  @Test
  void whatIsWrittenIsRead() {
    EntityTag weak = new EntityTag("abc", true);
    assertThat(EntityTag.parse(weak.header())).contains(weak);
  }
}
