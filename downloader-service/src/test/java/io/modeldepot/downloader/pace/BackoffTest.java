package io.modeldepot.downloader.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "9, 256", "10, 300", "50, 300", "2147483647, 300"})
  void theLongestWaitDoublesUpToTheCap(int failures, long seconds) {
    assertThat(Backoff.STANDARD.ceiling(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void theLongestWaitOfAHugeBaseIsTheCapAndNeverNegative() {
    Backoff huge = new Backoff(Duration.ofDays(3_650), Duration.ofDays(36_500), 5);

    assertThat(huge.ceiling(41)).isEqualTo(Duration.ofDays(36_500));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 20})
  void aWaitIsBetweenNothingAndTheLongest(int failures) {
    Random random = new Random(failures);

    assertThat(IntStream.range(0, 2000))
        .allSatisfy(
            i ->
                assertThat(Backoff.STANDARD.delay(failures, Optional.empty(), random))
                    .isBetween(Duration.ZERO, Backoff.STANDARD.ceiling(failures)));
  }

  @Test
  void waitsAreSpreadOverTheWhole() {
    Random random = new Random(1);

    long early =
        IntStream.range(0, 1000)
            .mapToObj(i -> Backoff.STANDARD.delay(4, Optional.empty(), random))
            .filter(delay -> delay.compareTo(Duration.ofSeconds(4)) < 0)
            .count();

    assertThat(early).isBetween(400L, 600L);
  }

  @Test
  void whatTheHubAsksForWins() {
    assertThat(Backoff.STANDARD.delay(1, Optional.of(Duration.ofMinutes(20)), new Random(1)))
        .isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void asManyFailuresAsAttemptsAreTooMany() {
    assertThat(Backoff.STANDARD.exhausted(9)).isFalse();
    assertThat(Backoff.STANDARD.exhausted(10)).isTrue();
  }

  @Test
  void whatCannotBeIsRefused() {
    Duration second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new Backoff(Duration.ZERO, second, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(second, Duration.ofMillis(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(second, second, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
