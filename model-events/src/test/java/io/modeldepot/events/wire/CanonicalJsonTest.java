package io.modeldepot.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  @Test
  void theExampleOfTheStandardComesOutAsTheStandardSays() throws Exception {
    String given =
        """
        {"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
         "string":"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}
        """;
    assertThat(canonical(given))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void membersAreSortedByUtf16CodeUnitsAndNotByCodePoints() throws Exception {
    assertThat(canonical("{\"\ufb33\":1,\"😀\":2,\"é\":3,\"1\":4,\"\\r\":5}"))
        .isEqualTo("{\"\\r\":5,\"1\":4,\"é\":3,\"😀\":2,\"\ufb33\":1}");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,0",
    "1.0,1",
    "-12,-12",
    "9007199254740992,9007199254740992",
    "100000000000000000000,100000000000000000000",
    "1e21,1e+21",
    "1e-6,0.000001",
    "1e-7,1e-7",
    "123.456e-9,1.23456e-7",
    "5e-324,5e-324",
    "1.7976931348623157e308,1.7976931348623157e+308",
    "295147905179352830000,295147905179352830000",
    "-5e-324,-5e-324",
    "9.999999999999997E22,9.999999999999997e+22",
    "1E23,1e+23",
    "1.0000000000000001E23,1.0000000000000001e+23",
    "999999999999999700000,999999999999999700000",
    "9.999999999999999E20,999999999999999900000",
    "9.999999999999997E-7,9.999999999999997e-7",
    "333333333.3333332,333333333.3333332",
    "-0.0000033333333333333333,-0.0000033333333333333333",
    "1424953923781206.2,1424953923781206.2",
    "13476954112,13476954112",
    "9007199254740991,9007199254740991"
  })
  void numbersAreWrittenAsEcmaScriptWritesThem(String given, String expected) throws Exception {
    assertThat(canonical(given)).isEqualTo(expected);
  }

  @Test
  void halfACharacterIsRefused() {
    assertThatThrownBy(() -> canonical("\"\\ud83d\"")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String canonical(String json) throws Exception {
    return new String(CanonicalJson.bytes(Wire.mapper().readTree(json)), StandardCharsets.UTF_8);
  }
}
