package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "https://huggingface.co, https://huggingface.co",
    "https://huggingface.co//, https://huggingface.co",
    "HTTPS://huggingface.co, https://huggingface.co",
    "http://mirror.example:8085/hf/, http://mirror.example:8085/hf"
  })
  void anAddressIsTakenAsPeopleWriteIt(String written, String address) {
    assertThat(Endpoint.of(written).urls().whoAmI()).hasToString(address + "/api/whoami-v2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://hub.example/secret",
        "hub.example/secret",
        "https:///secret",
        "https://user:secret@hub.example",
        "https://hub.example?token=secret",
        "https://hub.example#secret",
        "https://hub.example/se cret secret"
      })
  void anotherFormIsRefusedAndNotRepeated(String address) {
    assertThatThrownBy(() -> Endpoint.of(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }

  @Test
  void aListKeepsItsOrderAndDropsWhatStandsTwice() {
    assertThat(
            Endpoint.listOf("http://mirror.example, https://hub.example,,http://mirror.example/"))
        .extracting(Endpoint::toString)
        .containsExactly("http://mirror.example", "https://hub.example");
  }

  @Test
  void anEmptyListIsRefused() {
    assertThatThrownBy(() -> Endpoint.listOf(" , ")).isInstanceOf(IllegalArgumentException.class);
  }
}
