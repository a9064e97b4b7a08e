package io.modeldepot.registry.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void whatAnotherInstanceProjectsIsSeenLongBeforeTheTimeIsOver() {
    AtomicInteger looks = new AtomicInteger();
    long begun = System.nanoTime();

    int seen = new Waiting().until("r-1", LONG, looks::incrementAndGet, number -> number == 3);

    assertThat(seen).isEqualTo(3);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG.dividedBy(2));
  }

  @Test
  void whenTheTimeIsOverItIsLookedAtOnceMore() {
    AtomicInteger looks = new AtomicInteger();

    int seen =
        new Waiting().until("r-1", Duration.ofMillis(10), looks::incrementAndGet, number -> false);

    assertThat(seen).isEqualTo(2);
  }

  @Test
  void aChangeWakesAtOnce() {
    Waiting waiting = new Waiting();
    AtomicInteger looks = new AtomicInteger();
    long begun = System.nanoTime();

    waiting.until(
        "r-1",
        LONG,
        () -> {
          waiting.changed(new DownloadChanged("r-1"));
          return looks.incrementAndGet();
        },
        number -> number == 100);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG.dividedBy(2));
  }
}
