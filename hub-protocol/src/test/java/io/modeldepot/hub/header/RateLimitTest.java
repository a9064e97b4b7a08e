package io.modeldepot.hub.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  @Test
  void theHeaderNamesBucketRestAndReset() {
    assertThat(RateLimit.parse("\"resolvers\";r=12;t=41"))
        .contains(new RateLimit("resolvers", 12, 41));
    assertThat(RateLimit.parse("\"api\" ; t=41 ; r=0")).contains(new RateLimit("api", 0, 41));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api;r=1;t=2",
        "\"api\";r=1",
        "\"api\";t=1",
        "\"api\";r=x;t=1",
        "\"fixed window\";\"api\";q=500;w=300"
      })
  void whatSaysLessIsNone(String header) {
    assertThat(RateLimit.parse(header)).isEmpty();
  }

  @Test
  void aSpentBudgetIsWaitedOutAndOneSecondMore() {
    assertThat(RateLimit.waitAfter("\"api\";r=0;t=41", "7")).contains(Duration.ofSeconds(42));
  }

  @Test
  void withBudgetLeftRetryAfterCounts() {
    assertThat(RateLimit.waitAfter("\"api\";r=3;t=41", "7")).contains(Duration.ofSeconds(7));
  }

  @Test
  void theDateFormOfRetryAfterNamesNoTime() {
    assertThat(RateLimit.waitAfter("", "Wed, 21 Oct 2026 07:28:00 GMT")).isEmpty();
  }

  @Test
  void whatIsWrittenIsRead() {
    RateLimit limit = new RateLimit("pages", 1, 2);
    assertThat(RateLimit.parse(limit.header())).contains(limit);
  }
}
