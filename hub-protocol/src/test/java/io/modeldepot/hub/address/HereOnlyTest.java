package io.modeldepot.hub.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HereOnlyTest {
  @ParameterizedTest
  @CsvSource({
    "http://m:1/a/resolve/main/x, http://m:1/a/resolve/main/x?elsewhere=no",
    "http://m/a?blobs=true&q=a%26b, http://m/a?blobs=true&q=a%26b&elsewhere=no"
  })
  void theMarkComesBehindWhatIsThere(URI address, URI marked) {
    assertThat(HereOnly.mark(address)).isEqualTo(marked);
  }

  @Test
  void onlyTheMarkIsTheMark() {
    assertThat(HereOnly.isMark("no")).isTrue();
    assertThat(HereOnly.isMark("")).isFalse();
    assertThat(HereOnly.isMark("yes")).isFalse();
  }
}
