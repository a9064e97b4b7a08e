package io.modeldepot.registry.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @Test
  void whatIsLeftOutIsUsual() {
    assertThat(RedisAddress.parse("redis://cache"))
        .isEqualTo(new RedisAddress("cache", 6379, 0, Optional.empty(), false));
  }

  @Test
  void everythingCanBeSaid() {
    assertThat(RedisAddress.parse("rediss://depot@cache.example:7000/3"))
        .isEqualTo(new RedisAddress("cache.example", 7000, 3, Optional.of("depot"), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://user:hunter2@cache",
        "redis://:hunter2@cache:6379/0",
        "http://hunter2",
        "hunter2",
        "redis://cache/hunter2",
        "redis://hunter2 %"
      })
  void whatCannotBeUsedIsRefusedAndNeverRepeated(String url) {
    assertThatThrownBy(() -> RedisAddress.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DEPOT_REDIS_URL")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }
}
