package io.modeldepot.hub.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkListAddressTest {
  private static final String COMMIT = "a".repeat(40);

  @ParameterizedTest
  @ValueSource(strings = {"phi-2", "org/phi-2"})
  void whatIsWrittenIsRead(String name) {
    ChunkListAddress address = new ChunkListAddress(name, COMMIT, "sub folder/añb 100%.bin");

    assertThat(ChunkListAddress.of(address.at(HubUrls.of("http://m:1")).getRawPath()))
        .contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x/chunks-1/resolve/main/file",
        "/x/chunks-1/main/file",
        "/x/y/resolve/main/chunks-1",
        "/chunks-1",
        "/",
      })
  void whatTheHubMeansIsLeftToTheHub(String path) {
    assertThat(ChunkListAddress.of(path)).isEmpty();
  }

  @Test
  void aFileHasAPath() {
    assertThat(ChunkListAddress.of("/x/chunks-1/" + COMMIT)).isEmpty();
  }
}
