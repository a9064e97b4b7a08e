package io.modeldepot.registry.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.registry.listing.Field.Kind;
import io.modeldepot.registry.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterGrammarTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Field NAME = Field.of("name", Kind.TEXT);
  private static final Fields FIELDS =
      new Fields(
          List.of(
              NAME,
              Field.of("size", "sizeBytes", Kind.SIZE),
              Field.of("verified", "verifiedAt", Kind.AGE),
              Field.of("active", Kind.FLAG),
              Field.of("users", Kind.NUMBER)),
          NAME,
          new Order(NAME, false));

  @ParameterizedTest
  @CsvSource({
    "size>30g,30000000000",
    "size>=1.5TB,1500000000000",
    "size<500,500",
    "SIZE=2k,2000",
    "users>10,10"
  })
  void sizesAndNumbersHaveDecimalUnits(String filter, long value) {
    assertThat(Condition.parse(filter, FIELDS, NOW).value()).isEqualTo(value);
  }

  @Test
  void olderThanAWeekIsBeforeThatMoment() {
    Condition condition = Condition.parse("verified>7d", FIELDS, NOW);

    assertThat(condition.hql("f0")).isEqualTo("verifiedAt < :f0");
    assertThat(condition.value()).isEqualTo(Instant.parse("2026-11-17T00:00:00Z"));
  }

  @Test
  void aTextThatLooksLikeAPatternIsNone() {
    assertThat(Condition.parse("name~50%_!", FIELDS, NOW).value()).isEqualTo("%50!%!_!!%");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size",
        "size>",
        "size>lots",
        "size>99999999999999999999t",
        "verified=7d",
        "verified<7 parsecs",
        "verified<9999999999999999y",
        "active>true",
        "active=perhaps",
        "users~1",
        "name>a",
        "nothing=1",
        "name;drop table model=1"
      })
  void whatCannotBeReadIsRefusedInWords(String filter) {
    assertThatThrownBy(() -> Condition.parse(filter, FIELDS, NOW))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("bad-request");
  }

  @ParameterizedTest
  @CsvSource({"sise>30g,0", "size~30g,4", "size>30x,5", "verified < 7 parsecs,11", "size,4"})
  void aMistakeIsPointedAt(String filter, int at) {
    assertThatThrownBy(() -> Condition.parse(filter, FIELDS, NOW))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().evidence())
                    .containsEntry("filter", filter)
                    .containsEntry("at", at));
  }

  @Test
  void textRisesAndAllElseFallsUnlessSaid() {
    assertThat(Order.parse("name", FIELDS).descending()).isFalse();
    assertThat(Order.parse("size", FIELDS).descending()).isTrue();
    assertThat(Order.parse("size:asc", FIELDS).descending()).isFalse();
    assertThatThrownBy(() -> Order.parse("size:up", FIELDS)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%%%", "AAAA", "W10", "WyIxIl0", "bnVsbA"})
  void aCursorThatIsNoneOfOursIsRefused(String cursor) {
    assertThatThrownBy(() -> Cursor.parse(cursor, "q", new Order(NAME, false), NAME))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aCursorComesBackAsItWent() {
    Field age = Field.of("verified", "verifiedAt", Kind.AGE);
    Order order = new Order(age, true);
    Cursor cursor = new Cursor("q", Instant.parse("2026-11-24T00:00:00.123456Z"), "phi-2");

    assertThat(Cursor.parse(cursor.text(order, NAME), "q", order, NAME)).isEqualTo(cursor);
  }
}
