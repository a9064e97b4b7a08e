package io.modeldepot.hub.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.fuzz.Fuzz;
import io.modeldepot.hub.header.RequestedRange.Part;
import io.modeldepot.hub.header.RequestedRange.Parts;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What headers say, from either side. */
class HeaderFuzzTest {
  private static final long TOTAL_BYTES = 1_000;
  private static final URI PAGE = URI.create("https://hub.example/api/models/a/b/tree/main");

  @Test
  void aRangeIsInsideTheContent() {
    Fuzz.of("header range")
        .seed("bytes=0-99")
        .seed("bytes=-5, 7-, 10-20,30-40")
        .words("bytes=", "-", ",", "9223372036854775807", "99999999999999999999")
        .run(
            input -> {
              switch (RequestedRange.of(text(input), TOTAL_BYTES)) {
                case Part part -> inside(part.range());
                case Parts parts -> parts.ranges().forEach(HeaderFuzzTest::inside);
                default -> {}
              }
            });
  }

  private static void inside(ContentRange range) {
    assertThat(range.firstByte()).isBetween(0L, range.lastByte());
    assertThat(range.lastByte()).isLessThan(TOTAL_BYTES);
    assertThat(range.totalBytes()).isEqualTo(TOTAL_BYTES);
  }

  @Test
  void aNextPageIsAnAddressOfTheWeb() {
    Fuzz.of("header link")
        .seed("<https://hub.example/n?cursor=a%3D&b=1>; rel=\"next\"")
        .seed("<https://hub.example/x>; rel=\"prev\", </n>; title=\"t\"; rel=\"last next\"")
        .words("<", ">", "rel=next", ";", ",", "mailto:", "//", "%", "[", "@", "\\", "..")
        .refusedBy(IllegalArgumentException.class)
        .run(
            input ->
                NextPage.of(PAGE, List.of(text(input)))
                    .ifPresent(
                        next -> {
                          assertThat(next.getScheme()).matches("(?i)https?");
                          assertThat(next.getRawPath()).isNotNull();
                        }));
  }

  @Test
  void theOtherHeadersSaySomethingOrNothing() {
    Fuzz.of("header content-range")
        .seed("bytes 0-9/10")
        .words("*", "/", "-", "9223372036854775807")
        .run(input -> ContentRange.parse(text(input)));
    Fuzz.of("header etag")
        .seed("W/\"abc\"")
        .seed("\"" + "a".repeat(64) + "\", \"b\"")
        .run(
            input -> {
              EntityTag.parse(text(input))
                  .ifPresent(tag -> assertThat(EntityTag.parse(tag.header())).contains(tag));
              EntityTag.strong("abc").isNamedIn(text(input));
            });
    Fuzz.of("header ratelimit")
        .seed("\"api\";r=0;t=41")
        .run(
            input -> {
              RateLimit.parse(text(input));
              RateLimit.waitAfter(text(input), text(input))
                  .ifPresent(wait -> assertThat(wait.isNegative()).isFalse());
            });
  }

  private static String text(byte[] input) {
    return new String(input, ISO_8859_1);
  }
}
