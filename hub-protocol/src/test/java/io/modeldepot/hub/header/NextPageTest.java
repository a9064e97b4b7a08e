package io.modeldepot.hub.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextPageTest {
  private static final URI PAGE = URI.create("https://hub.example/api/models/a/b/tree/main?x=1");

  @Test
  void theNextPageIsWhereTheLinkSays() {
    assertThat(NextPage.of(PAGE, List.of("<https://hub.example/n?cursor=a%3D&b=1>; rel=\"next\"")))
        .contains(URI.create("https://hub.example/n?cursor=a%3D&b=1"));
  }

  @Test
  void aRelativeLinkBelongsToThePagesHost() {
    assertThat(NextPage.of(PAGE, List.of("</n?cursor=2>; rel=next")))
        .contains(URI.create("https://hub.example/n?cursor=2"));
  }

  @Test
  void itIsFoundAmongOtherLinks() {
    assertThat(
            NextPage.of(
                PAGE,
                List.of(
                    "<https://hub.example/x>; rel=\"xet-auth\", <https://hub.example/p>; rel=\"prev\"",
                    "<https://hub.example/n>; title=\"t\"; rel=\"last next\"")))
        .contains(URI.create("https://hub.example/n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<https://hub.example/p>; rel=\"prev\"",
        "https://hub.example/n; rel=next",
        "<https://x>; title=\"rel=next\""
      })
  void withoutOneTheListingIsComplete(String header) {
    assertThat(NextPage.of(PAGE, List.of(header))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<ht tp://%>; rel=\"next\"",
        "<mailto:a@b>; rel=\"next\"",
        "<http:>; rel=\"next\"",
        "<file:///etc/passwd>; rel=\"next\"",
        "<urn:x>; rel=next"
      })
  void aLinkThatIsNoPageDoesNotEndTheListing(String header) {
    assertThatThrownBy(() -> NextPage.of(PAGE, List.of(header)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsWrittenIsRead() {
    URI next = URI.create("http://127.0.0.1:8085/api/models/a/b/tree/main?cursor=zz");
    assertThat(NextPage.of(PAGE, List.of(NextPage.header(next)))).contains(next);
  }
}
