package io.modeldepot.events.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  @ParameterizedTest
  @CsvSource({
    "size>30g,size,>,30g,4,5",
    "' verified <= 7d ',verified,<=,7d,10,13",
    "a.b!=,a.b,!=,'',3,5",
    "name~a=b,name,~,a=b,4,5"
  })
  void aFilterIsFieldComparisonAndValueWithTheirPlaces(
      String text, String field, String comparison, String value, int comparisonAt, int valueAt) {
    assertThat(Filter.parse(text))
        .isEqualTo(new Filter(text, field, comparison, value, comparisonAt, valueAt));
  }

  @ParameterizedTest
  @CsvSource({"size,4", "size 30g,5", ">30g,0", "'',0", "size?30g,4"})
  void whatIsNoneSaysWhereItStopsToBeOne(String text, int at) {
    assertThatThrownBy(() -> Filter.parse(text))
        .isInstanceOf(Filter.Unreadable.class)
        .hasMessageContaining("is not a filter")
        .extracting(e -> ((Filter.Unreadable) e).at())
        .isEqualTo(at);
  }

  @Test
  void aTextOfSeveralLinesIsOneValue() {
    assertThat(Filter.parse("name=a\nb").value()).isEqualTo("a\nb");
  }
}
