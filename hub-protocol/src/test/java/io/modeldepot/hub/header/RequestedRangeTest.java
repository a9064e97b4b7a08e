package io.modeldepot.hub.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.hub.header.RequestedRange.Part;
import io.modeldepot.hub.header.RequestedRange.Unsatisfiable;
import io.modeldepot.hub.header.RequestedRange.Whole;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-, 0, 99",
    "bytes=10-19, 10, 19",
    "bytes=90-1000, 90, 99",
    "bytes=-10, 90, 99",
    "bytes=-1000, 0, 99",
    "BYTES=5-6, 5, 6",
    "bytes = 5-6, -1, -1",
    "bytes=99-99, 99, 99",
    "bytes=0-99999999999999999999999, 0, 99"
  })
  void aPartOfAHundredBytes(String header, long first, long last) {
    RequestedRange range = RequestedRange.of(header, 100);
    if (first < 0) {
      assertThat(range).isInstanceOf(Whole.class);
    } else {
      assertThat(range).isEqualTo(new Part(new ContentRange(first, last, 100)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"})
  void bytesThatAreNotThere(String header) {
    assertThat(RequestedRange.of(header, 100)).isInstanceOf(Unsatisfiable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "items=0-1",
        "bytes=4-5,0-1",
        "bytes=0-1,1-2",
        "bytes=0-1,2-3",
        "bytes=0-1,200-201",
        "bytes=0-1,",
        "bytes=0-1,x",
        "bytes=--1"
      })
  void whatIsNoSingleRangeMeansTheWhole(String header) {
    assertThat(RequestedRange.of(header, 100)).isInstanceOf(Whole.class);
  }

  @Test
  void anEmptyContentHasNoFirstByte() {
    assertThat(RequestedRange.of("bytes=0-0", 0)).isInstanceOf(Unsatisfiable.class);
  }

  @Test
  void aContentRangeIsReadAsWritten() {
    ContentRange range = new ContentRange(16, 31, 100);
    assertThat(ContentRange.parse(range.header())).contains(range);
    assertThat(RequestedRange.of(range.requestHeader(), 100)).isEqualTo(new Part(range));
    assertThat(range.lengthBytes()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes */100", "bytes 5-4/100", "bytes 0-100/100", "bytes 0-9/*", "0-9/100", ""})
  void aContentRangeThatNamesNoPartIsNone(String header) {
    assertThat(ContentRange.parse(header)).isEmpty();
  }

  @Test
  void severalPlacesThatDoNotTouchAreSeveralParts() {
    assertThat(RequestedRange.of("bytes=0-1, 4-5,90-1000", 100))
        .isEqualTo(
            new RequestedRange.Parts(
                List.of(
                    new ContentRange(0, 1, 100),
                    new ContentRange(4, 5, 100),
                    new ContentRange(90, 99, 100))));
  }

  @Test
  void tooManyPlacesAreEverything() {
    String most = ranges(RequestedRange.MOST_PARTS);
    String more = ranges(RequestedRange.MOST_PARTS + 1);

    assertThat(RequestedRange.of(most, 1_000_000)).isInstanceOf(RequestedRange.Parts.class);
    assertThat(RequestedRange.of(more, 1_000_000)).isInstanceOf(RequestedRange.Whole.class);
  }

  private static String ranges(int count) {
    return IntStream.range(0, count)
        .mapToObj(it -> it * 10 + "-" + it * 10)
        .collect(Collectors.joining(",", "bytes=", ""));
  }
}
